import type { Page } from 'playwright-core';
import { WillcallTestingError } from '../failure.ts';
import type { PageGlobal } from './global.ts';

/** A page, and how long to wait for it. */
export interface PageOptions {
  /** The page, already on an address of your app. */
  readonly page: Page;
  /** Milliseconds. 30 000 by default. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Waits until `@willcall/browser` has loaded in the page: it knows then whether somebody is
 * signed in.
 *
 * @throws WillcallTestingError `no_page_context` on a page that is no app's page yet, `not_loaded`
 *   when the time is over
 */
export async function loaded({ page, timeoutMs = 30_000 }: PageOptions): Promise<void> {
  requireAppPage(page);
  try {
    await page.waitForFunction(
      () => (globalThis as PageGlobal).Willcall?.loaded === true,
      undefined,
      {
        timeout: timeoutMs,
      },
    );
  } catch (cause) {
    throw new WillcallTestingError('not_loaded', await explain(page, timeoutMs), { cause });
  }
}

/** Waits until exactly this user is signed in, or nobody for `undefined`. Survives navigations. */
export async function waitForUser(
  { page, timeoutMs = 30_000 }: PageOptions,
  userId: string | undefined,
): Promise<void> {
  await page.waitForFunction(
    (expected) => {
      const willcall = (globalThis as PageGlobal).Willcall;
      return willcall?.loaded === true && (willcall.user?.id ?? null) === expected;
    },
    userId ?? null,
    { timeout: timeoutMs },
  );
}

/** Refuses a page that has not gone anywhere yet, or nowhere where an app could run. */
export function requireAppPage(page: Page): void {
  if (typeof page?.evaluate !== 'function')
    throw new TypeError('page must be a page of Playwright.');
  if (!page.isClosed() && /^https?:/.test(page.url())) return;
  const where = page.isClosed() ? 'is closed' : `is on ${page.url()}`;
  throw new WillcallTestingError(
    'no_page_context',
    `The page ${where}. Go to a page of your app that loads @willcall/browser first: await page.goto('/').`,
  );
}

async function explain(page: Page, timeoutMs: number): Promise<string> {
  const state = await page
    .evaluate(() => typeof (globalThis as PageGlobal).Willcall)
    .catch(() => 'unknown');
  const seconds = timeoutMs / 1000;
  if (state === 'undefined') {
    return `There is no window.Willcall on ${page.url()} after ${seconds} s. Does this page load @willcall/browser or <WillcallProvider>?`;
  }
  return `window.Willcall on ${page.url()} has not loaded within ${seconds} s. Can the page reach its Willcall server? Its console says more.`;
}
