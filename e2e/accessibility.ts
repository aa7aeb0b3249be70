import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

const require = createRequire(import.meta.url);
const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Expects that axe finds nothing serious in the page as it stands, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  // Evaluated, since the hosted pages let no foreign script in.
  await page.evaluate(axe);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const light = await run(page, {});
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const dark = await run(page, { runOnly: ['color-contrast'] });
  expect(light.passes.length, `rules that axe applied to ${page.url()}`).toBeGreaterThan(10);
  expect([...describe(light), ...describe(dark)], page.url()).toEqual([]);
}

function run(page: Page, options: RunOptions): Promise<AxeResults> {
  return page.evaluate((given) => {
    const { axe: loaded } = window as unknown as {
      axe: { run(context: Document, options: RunOptions): Promise<AxeResults> };
    };
    return loaded.run(document, given);
  }, options);
}

function describe({ violations }: AxeResults): string[] {
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Waits until the focus is there: what is typed before goes nowhere. */
export async function expectFocus(target: Locator): Promise<void> {
  await target.waitFor();
  await expect
    .poll(() => target.evaluate((element) => element === document.activeElement))
    .toBe(true);
}
