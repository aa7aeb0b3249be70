import type { SameBrowser } from '@willcall/backend';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage(({ url, otherUrl }) => ({
    asking_pages: [`${url}/sign-in`, `${otherUrl}/sign-in`],
    new_link_url: 'mailto:box-office@example.com',
  }));
});
afterAll(() => stage?.close());

/** Asks on a page of the app for a ticket that only this browser can redeem, as the app's own script does. */
async function start(page: Page, app: string): Promise<SameBrowser> {
  await page.goto(app);
  await page.waitForFunction(() => window.Willcall?.loaded);
  return page.evaluate(startHere);
}

/** Runs in the page. */
async function startHere(): Promise<SameBrowser> {
  if (!window.Willcall) throw new Error('this page has no Willcall');
  return window.Willcall.signIn.startSameBrowser();
}

async function issue(sameBrowser: SameBrowser, signInUrl?: string): Promise<string> {
  const { user } = await stage.server.addUser({ firstName: 'Grace' });
  const { signInTokens } = stage.server.api;
  const { url } = await signInTokens.createSignInToken({
    ...{ userId: user.id, sameBrowser, signInUrl },
    redirectUrl: `${new URL(signInUrl ?? stage.app.url).origin}/protected`,
    confirmation: 'always',
  });
  return url;
}

const places = {
  'the page that asked': { app: () => stage.app.url, isHosted: false },
  'the page that asked, on another site than the server': {
    app: () => stage.app.otherUrl,
    isHosted: false,
  },
  'the hosted page': { app: () => stage.app.url, isHosted: true },
};

test.each(Object.entries(places))(
  'a link to %s works in the browser that asked, and says so in every other',
  async (_place, { app, isHosted }) => {
    const { page, openTab, complaints } = await newVisitor(stage.browser);
    const sameBrowser = await start(page, app());
    expect(await page.evaluate(startHere)).toEqual(sameBrowser);
    const url = await issue(sameBrowser, isHosted ? undefined : `${app()}/sign-in`);

    const other = await newVisitor(stage.browser, { locale: 'fr' });
    await other.page.goto(url);
    await other.page.getByRole('alert').filter({ hasText: 'dans le navigateur où' }).waitFor();
    await other.page.getByRole('link', { name: 'Demander un nouveau lien' }).waitFor();
    await other.page.getByLabel('Adresse e-mail').waitFor();
    expect(other.page.url()).not.toContain('__clerk_ticket');
    await expectAccessible(other.page);

    const tab = await openTab();
    await tab.goto(url);
    await tab.getByRole('button', { name: 'Continue' }).click();
    await tab.getByText('Held at the will-call window for Grace').waitFor();
    const kept = await tab.evaluate(() => ({ ...localStorage }));
    // The hosted page cannot reach into the storage of the app.
    expect('willcall_verifier' in kept).toBe(isHosted);
    expect(complaints).toEqual([]);
  },
);
