import type { Willcall } from '@willcall/browser';

/** One console error for the developer: which status stopped the sign-in, and who can help. */
export function reportUnsupported(willcall: Willcall, status: string): void {
  const support = willcall.environment?.supportEmail;
  console.error(
    `Willcall: a sign-in stopped at "${status}", which this version of @willcall/react does not ` +
      `support. Update the package${support ? `, or write to ${support}` : ''}.`,
  );
}
