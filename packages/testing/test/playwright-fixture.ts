import type { Locator, Page } from 'playwright-core';
import { launchChromium } from '../../../tooling/chromium.ts';

/**
 * `test` and `expect` of Playwright's runner, as far as the samples use them, over a real
 * page: the runner itself is not needed to show that a sample works.
 */
export function test(name: string, body: (fixtures: { page: Page }) => Promise<void>): void {
  void run(body).then(
    () => console.log(`passed: ${name}`),
    (error: unknown) => {
      console.log(`failed: ${name}\n${String(error)}`);
      process.exitCode = 1;
    },
  );
}

export function expect(locator: Locator): { toBeVisible(): Promise<void> } {
  return { toBeVisible: () => locator.waitFor({ state: 'visible', timeout: 5000 }) };
}

async function run(body: (fixtures: { page: Page }) => Promise<void>): Promise<void> {
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ baseURL: process.env['BASE_URL'] ?? '' });
    await body({ page: await context.newPage() });
  } finally {
    await browser.close();
  }
}
