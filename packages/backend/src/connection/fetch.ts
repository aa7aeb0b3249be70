import { WillcallConnectionError } from './connection-error.ts';

/** How long one try may take. Milliseconds. */
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
): Promise<Response> {
  const waits = isRepeatable ? waitsMs : [];
  for (const wait of waits) {
    const answer = await tryOnce(url, init).catch((error: unknown) => {
      if (error instanceof WillcallConnectionError) return undefined;
      throw error;
    });
    if (answer && answer.status < 500) return answer;
    // What is left unread would hold the connection.
    await answer?.body?.cancel();
    await sleep(wait * (1 - Math.random() / 2));
  }
  return tryOnce(url, init);
}

async function tryOnce(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (cause) {
    throw new WillcallConnectionError(new URL(url).origin, cause);
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
