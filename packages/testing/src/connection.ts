import { createWillcallClient, type WillcallClient, WillcallApiError } from '@willcall/backend';
import { WillcallTestingError } from './failure.ts';

/** Which server a helper asks. */
export interface ServerOptions {
  /** The server's address. Default: the variable `WILLCALL_API_URL`, else `http://localhost:4000`. */
  readonly apiUrl?: string | undefined;
  /**
   * Its secret key. Default: the variable `WILLCALL_SECRET_KEY`, else what a development server on
   * this machine hands out.
   */
  readonly secretKey?: string | undefined;
}

/**
 * Makes calls to the server, with messages for a test's author.
 *
 * @throws WillcallTestingError `no_secret_key` or `server_failed`, with the cause
 */
export async function askServer<Answer>(
  { apiUrl, secretKey }: ServerOptions,
  ask: (willcall: WillcallClient) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask(createWillcallClient({ apiUrl, secretKey }));
  } catch (cause) {
    if (cause instanceof WillcallTestingError) throw cause;
    throw explain(cause);
  }
}

function explain(cause: unknown): WillcallTestingError {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (cause instanceof TypeError && message.startsWith('secretKey')) {
    return new WillcallTestingError(
      'no_secret_key',
      `There is no usable secret key, which finding a user and issuing a token need. ${message}`,
      { cause },
    );
  }
  if (cause instanceof WillcallApiError && cause.code === 'clerk_key_invalid') {
    return new WillcallTestingError(
      'no_secret_key',
      'The server does not know this secret key. Set WILLCALL_SECRET_KEY to one of its own.',
      {
        cause,
      },
    );
  }
  return new WillcallTestingError(
    'server_failed',
    `The Willcall server could not be asked. ${message}`,
    { cause },
  );
}
