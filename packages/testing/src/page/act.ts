import type { Page } from 'playwright-core';
import type { PageGlobal } from './global.ts';

/**
 * Acts in a page that may leave for another as soon as it notices, as apps do when somebody
 * signs in or out. Leaving ends the call, and is no failure of it.
 */
export async function actAndMaybeLeave<Argument>(
  page: Page,
  act: (argument: Argument) => Promise<unknown>,
  argument: Argument,
): Promise<void> {
  const evaluate: (run: typeof act, given: Argument) => Promise<unknown> = page.evaluate.bind(page);
  await evaluate(act, argument).catch((error: unknown) => {
    if (!/execution context was destroyed|because of a navigation/i.test(String(error)))
      throw error;
  });
}

/** The id of the user that the page shows; `undefined` for nobody. */
export function currentUserId(page: Page): Promise<string | undefined> {
  return page.evaluate(() => (globalThis as PageGlobal).Willcall?.user?.id);
}
