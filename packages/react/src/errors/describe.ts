import { WillcallError, WillcallNetworkError } from '@willcall/browser';
import { isAbout } from './is-about.ts';

interface ErrorMessages {
  readonly errors: object;
  readonly networkError: string;
  readonly unknownError: string;
}

/** What a person is told about an error: our text for its code, else the server's sentence. */
export function describeError(messages: ErrorMessages, error: unknown): string {
  // What answered in the place of the server has nothing to say to the person.
  const isLost = error instanceof WillcallNetworkError || isAbout(error, ['answer_unreadable']);
  if (isLost) return messages.networkError;
  if (!(error instanceof WillcallError)) return messages.unknownError;
  return describeCode(messages, error.code) ?? error.longMessage;
}

/** Our text for a code of the server; `undefined` where there is none. */
export function describeCode(
  { errors }: Pick<ErrorMessages, 'errors'>,
  code: string,
): string | undefined {
  return (errors as Readonly<Record<string, string>>)[code];
}
