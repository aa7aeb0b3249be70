import { afterAll, beforeAll, expect, test } from 'vitest';
import { greeting, invite } from './invitations.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage(({ url }) => ({
    confirmation: 'auto',
    asking_pages: [`${url}/sign-in`, `${url}/sign-up`],
    // An invited address is all that an account needs here.
    password: false,
  }));
});
afterAll(() => stage?.close());

/** How often a scanner opens each link: seldom at each change, often in the nightly run. */
const visits = process.env['WILLCALL_NIGHTLY'] ? 40 : 1;

/** How long the scripts of a page run, by the clock of the page. Milliseconds. */
const scannedFor = 30_000;

/** A link that was mailed, and what the question about it begins with. */
interface MailedLink {
  readonly url: string;
  readonly asks: RegExp;
  status(): Promise<string | undefined>;
}

async function issue(fields: object = {}): Promise<MailedLink> {
  const { signInTokens } = stage.server.api;
  const { user } = await stage.server.addUser();
  const { id, url } = await signInTokens.createSignInToken({ userId: user.id, ...fields });
  return {
    url: url ?? '',
    asks: /^Sign in as \u2068?p\*\*\*\w@e\*\*\*\.com\u2069?\?/,
    status: async () => (await signInTokens.getSignInToken(id)).status,
  };
}

/** The link of somebody who has no account yet. */
async function inviteNewcomer(page?: string): Promise<MailedLink> {
  const { id, url } = await invite(stage.server, page && `${stage.app.url}/${page}`);
  return {
    url,
    asks: /^Create an account for \u2068?g\*\*\*\w@e\*\*\*\.com\u2069?\?/,
    async status() {
      const path = `/invitations?query=${id}`;
      const found = await stage.server.call<{ status: string }[]>('GET', path);
      return found[0]?.status;
    },
  };
}

const statusesOf = (links: readonly MailedLink[]) =>
  Promise.all(links.map(({ status }) => status()));

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

test(
  'a scanner that runs every script spends no protected link; then the press of a person works',
  { timeout: Math.max(300_000, visits * 30_000) },
  async () => {
    const pages = [undefined, 'sign-in', 'sign-in-hash'].map(
      (name) => name && `${stage.app.url}/${name}`,
    );
    const redirectUrl = `${stage.app.url}/protected`;
    // The hosted page, one of ours in the app, and one that the hosted page asks for.
    const links = await Promise.all([
      ...pages.flatMap((signInUrl) =>
        [undefined, 'always'].map((confirmation) =>
          issue({ redirectUrl, signInUrl, confirmation }),
        ),
      ),
      ...[undefined, 'sign-up', 'sign-up-hash'].map(inviteNewcomer),
    ]);
    expect(links).toHaveLength(9);
    for (let visit = 0; visit < visits; visit += 1) {
      const titles = await Promise.all(links.map(({ url }) => look(url)));
      for (const [at, { asks }] of links.entries()) expect(titles[at]).toMatch(asks);
    }
    expect(await statusesOf(links)).toEqual(links.map(() => 'pending'));

    for (const { url } of links) {
      const { page, context } = await newVisitor(stage.browser);
      await page.goto(url);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText(greeting).waitFor();
      await context.close();
    }
    expect(await statusesOf(links)).toEqual(links.map(() => 'accepted'));
  },
);

test('the same scanner spends a link that asks nobody, which is why the others ask', async () => {
  const links = await Promise.all([
    issue({ confirmation: 'none' }),
    issue({ confirmation: 'none', signInUrl: `${stage.app.url}/sign-in` }),
  ]);
  for (const { url } of links) await look(url);
  expect(await statusesOf(links)).toEqual(['accepted', 'accepted']);
});
