import { Failure } from './failure.ts';

/** One request. An address where nothing answers is told as that. */
export async function reach(
  apiUrl: string,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  try {
    // A server that sends the key on to another address is not the one that was meant.
    return await fetch(new URL(path, apiUrl), {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(30_000),
    });
  } catch (error) {
    const { code = '' } = ((error as Error).cause ?? {}) as { code?: string };
    const reason = code === '' || code === 'ECONNREFUSED' ? '' : ` (${code})`;
    throw new Failure(
      `No server answers at ${apiUrl}${reason}. Start one with 'willcall dev', or name its address with --api-url.`,
      { cause: error },
    );
  }
}

/** The body of an answer; `undefined` when it is no JSON. */
export async function readJson(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    return undefined;
  }
}
