import type { SignInToken } from '@willcall/backend';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage(({ url }) => ({
    confirmation: 'auto',
    asking_pages: [`${url}/sign-in`],
  }));
});
afterAll(() => stage?.close());

/** How often a scanner opens each link: seldom at each change, often in the nightly run. */
const visits = process.env['WILLCALL_NIGHTLY'] ? 40 : 1;

/** How long the scripts of a page run, by the clock of the page. Milliseconds. */
const scannedFor = 30_000;

async function issue(fields: object = {}): Promise<SignInToken & { url: string }> {
  const { user } = await stage.server.addUser();
  const token = await stage.server.api.signInTokens.createSignInToken({
    userId: user.id,
    ...fields,
  });
  return { ...token, url: token.url ?? '' };
}

/** Opens a link as a scanner with a browser does: every script runs, every timer ends, nobody presses anything. */
async function look(url: string): Promise<string> {
  const { page, context } = await newVisitor(stage.browser);
  await page.clock.install();
  await page.goto(url);
  const title = page.getByRole('heading', { level: 1 });
  await title.filter({ hasNotText: 'Checking your ticket' }).waitFor();
  await page.waitForLoadState('networkidle');
  await page.clock.runFor(scannedFor);
  await page.waitForLoadState('networkidle');
  const seen = await title.innerText();
  await context.close();
  return seen;
}

async function statusOf({ id }: { id: string }): Promise<string> {
  return (await stage.server.api.signInTokens.getSignInToken(id)).status;
}

test(
  'a scanner that runs every script spends no protected link; then the press of a person works',
  { timeout: 600_000 },
  async () => {
    const pages = [undefined, 'sign-in', 'sign-in-hash'].map(
      (name) => name && `${stage.app.url}/${name}`,
    );
    const redirectUrl = `${stage.app.url}/protected`;
    // The hosted page, one of ours in the app, and one that the hosted page asks for.
    const links = await Promise.all(
      pages.flatMap((signInUrl) =>
        [undefined, 'always'].map((confirmation) =>
          issue({ redirectUrl, signInUrl, confirmation }),
        ),
      ),
    );
    expect(links).toHaveLength(6);
    for (let visit = 0; visit < visits; visit += 1) {
      const titles = await Promise.all(links.map(({ url }) => look(url)));
      for (const title of titles)
        expect(title).toMatch(/^Sign in as \u2068?p\*\*\*\w@e\*\*\*\.com\u2069?\?/);
    }
    expect(await Promise.all(links.map(statusOf))).toEqual(links.map(() => 'pending'));

    for (const { url } of links) {
      const { page, context } = await newVisitor(stage.browser);
      await page.goto(url);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('Held at the will-call window').waitFor();
      await context.close();
    }
    expect(await Promise.all(links.map(statusOf))).toEqual(links.map(() => 'accepted'));
  },
);

test('the same scanner spends a link that asks nobody, which is why the others ask', async () => {
  const links = await Promise.all([
    issue({ confirmation: 'none' }),
    issue({ confirmation: 'none', signInUrl: `${stage.app.url}/sign-in` }),
  ]);
  for (const { url } of links) await look(url);
  expect(await Promise.all(links.map(statusOf))).toEqual(['accepted', 'accepted']);
});
