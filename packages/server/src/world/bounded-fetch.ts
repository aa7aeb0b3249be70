import type { CustomFetch } from 'openid-client';

/** No document of a provider needs more. Bytes. */
const largestAnswer = 1_048_576;

/** The other side does not answer, or not in a way that could be read. */
export class Unreachable extends TypeError {
  readonly code: string;

  constructor(code: string, options?: ErrorOptions) {
    super('the provider cannot be reached', options);
    this.code = code;
  }
}

/**
 * Calls a provider: only at addresses that are allowed, without following redirects, and
 * never reading more than a megabyte. Throws {@link Unreachable}, also for its own failures (5xx).
 */
export function boundedFetch(isAllowed: (url: string) => boolean): CustomFetch {
  return async (url, { body, headers, method, signal }) => {
    if (!isAllowed(url)) throw new Unreachable('ADDRESS_NOT_ALLOWED');
    try {
      const answer = await fetch(url, {
        body,
        headers,
        method,
        signal: signal ?? null,
        redirect: 'manual',
      } as RequestInit);
      if (answer.status >= 500) throw new Unreachable(`HTTP_${answer.status}`);
      const bytes = await readBounded(answer);
      const hasBody = ![101, 204, 205, 304].includes(answer.status);
      return new Response(hasBody ? bytes : null, {
        status: answer.status,
        headers: answer.headers,
      });
    } catch (cause) {
      if (cause instanceof Unreachable) throw cause;
      throw new Unreachable('NO_ANSWER', { cause });
    }
  };
}

async function readBounded(answer: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | null = answer.body;
  if (body === null) return new Uint8Array();
  for await (const part of body) {
    size += part.byteLength;
    // Leaving the loop cancels the rest of the body.
    if (size > largestAnswer) throw new Unreachable('ANSWER_TOO_LARGE');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
