import type { BrowserContext, Page } from 'playwright-core';
import { askServer, type ServerOptions } from './connection.ts';

/** Where to send the token along: one page, or all pages of a context. */
export type TestingTokenOptions = ServerOptions &
  (
    | { readonly page: Page; readonly context?: never }
    | { readonly context: BrowserContext; readonly page?: never }
  );

/** The query parameter that carries a testing token. */
const parameter = '__clerk_testing_token';

const prepared = new WeakMap<Page | BrowserContext, Promise<void>>();

/**
 * Marks the page's calls to the server as those of a test, with a testing token of an hour.
 * Calling it again for the same page or context does nothing, and waits until that is done.
 * A route that was there before still gets the calls, with the token in their address.
 *
 * @throws WillcallTestingError `no_secret_key` or `server_failed`, with the cause
 * @throws TypeError without a page or a context
 */
export async function setupTestingToken(options: TestingTokenOptions): Promise<void> {
  const target = options.context ?? options.page;
  if (typeof target?.route !== 'function')
    throw new TypeError('setupTestingToken takes a page or a context of Playwright.');
  const known = prepared.get(target);
  if (known) return known;
  const preparing = prepare(target, options);
  prepared.set(target, preparing);
  // A failure is not kept: the next call tries again.
  preparing.catch(() => prepared.delete(target));
  return preparing;
}

async function prepare(target: Page | BrowserContext, options: ServerOptions): Promise<void> {
  const { token, origin } = await askServer(options, async (willcall) => ({
    token: (await willcall.testingTokens.createTestingToken()).token,
    origin: willcall.apiUrl,
  }));
  await target.route(
    (url) => isFrontendApi(url, origin),
    (route) => {
      const url = new URL(route.request().url());
      url.searchParams.set(parameter, token);
      // `continue` would pass by the routes that were registered before this one.
      return route.fallback({ url: url.href });
    },
  );
}

/** The server's own address, or its prefix behind a proxy on any origin. */
function isFrontendApi(url: URL, apiUrl: string): boolean {
  return url.href.startsWith(`${apiUrl}/v1/`) || url.pathname.startsWith('/__clerk/v1/');
}
