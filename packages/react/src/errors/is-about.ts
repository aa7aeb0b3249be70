import { WillcallError } from '@willcall/browser';

/** Whether the server refused with one of these codes. */
export function isAbout(error: unknown, codes: readonly string[]): boolean {
  return error instanceof WillcallError && codes.includes(error.code);
}
