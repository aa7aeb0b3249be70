import type { Page, Route } from 'playwright-core';

/** How often a page asks for a redemption. */
export function countRedemptions(page: Page): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.postData()?.includes('strategy=ticket')) count += 1;
  });
  return () => count;
}

/** Keeps the calls whose path has this part waiting until they are released. */
export async function holdBack(page: Page, part: string): Promise<() => void> {
  const gate = Promise.withResolvers<void>();
  await page.route(`**/${part}/**`, hold);
  await page.route(`**/${part}`, hold);
  return gate.resolve;

  async function hold(route: Route): Promise<void> {
    await gate.promise;
    // A page that has gone meanwhile needs no answer.
    await route.continue().catch(() => {});
  }
}
