import { WillcallConnectionError } from './connection-error.ts';

/** What a server answered, whole. */
export interface Answer {
  readonly status: number;
  /** Whether the status is one from 200 to 299. */
  readonly ok: boolean;
  readonly headers: Headers;
  /** The parsed body; `undefined` for what is no JSON. */
  readonly body: unknown;
}

/** How long one try may take, its body included. Milliseconds. */
const timeoutMs = 15_000;

/** The waits between tries of a GET. Milliseconds, of which a random half is taken off. */
const waitsMs = [150, 450, 1350];

/**
 * `fetch` that gives up on a silent server, does not follow redirects (the secret key would
 * go along), and repeats what is repeatable after a network failure or a 5xx. Nothing else
 * is: the first try may have had its effect. Throws {@link WillcallConnectionError}.
 */
export async function fetchPatiently(
  url: string,
  init: RequestInit & { method: string },
  isRepeatable = init.method === 'GET',
): Promise<Answer> {
  const waits = isRepeatable ? waitsMs : [];
  for (const wait of waits) {
    const answer = await tryOnce(url, init).catch((error: unknown) => {
      if (error instanceof WillcallConnectionError) return undefined;
      throw error;
    });
    if (answer && answer.status < 500) return answer;
    await sleep(wait * (1 - Math.random() / 2));
  }
  return tryOnce(url, init);
}

/** The body is read here: a connection may break, or time run out, after the headers. */
async function tryOnce(url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { status, ok, headers } = response;
    return { status, ok, headers, body: parseJson(await response.text()) };
  } catch (cause) {
    throw new WillcallConnectionError(new URL(url).origin, cause);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
