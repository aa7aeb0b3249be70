import { StoreUnavailable } from '../domain/store.ts';

/** Whether an error says that the file is damaged, or is no database. */
export function isDamage(error: unknown): boolean {
  return [11, 26].includes(codeOf(error) ?? 0);
}

/** Whether a sound file would have met the error as well: a full disk, a lock, no permission. */
export function isOfTheMachine(error: unknown): boolean {
  const code = codeOf(error);
  // The general one is of a statement: a table is not there.
  return code !== undefined && code !== 1 && !isDamage(error);
}

/** What was said first, in words. */
export function reasonOf(error: unknown): string {
  const origin = originOf(error);
  return origin instanceof Error ? origin.message : String(origin);
}

/** SQLite's primary result code, the low byte: sqlite.org/rescode.html. `undefined` for any other error. */
export function primaryCode(error: unknown): number | undefined {
  const { errcode } = error as { errcode?: unknown };
  return typeof errcode === 'number' ? errcode & 0xff : undefined;
}

const codeOf = (error: unknown) => primaryCode(originOf(error));

function originOf(error: unknown): unknown {
  return error instanceof StoreUnavailable ? error.cause : error;
}
