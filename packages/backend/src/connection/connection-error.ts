/** No answer came: the server is down, not reachable or too slow. `cause` says what `fetch` said. */
export class WillcallConnectionError extends Error {
  override readonly name = 'WillcallConnectionError';

  constructor(origin: string, cause: unknown) {
    super(`No answer from ${origin}. Is the Willcall server running, and is apiUrl its address?`, {
      cause,
    });
  }
}
