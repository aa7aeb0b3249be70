import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { type Company, holdAtDoor, openCompany } from './companies.ts';
import { watchFrames } from './frames.ts';
import { expectStep, placesFor, signOut } from './places.ts';
import type { Person } from './server.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

const told = placesFor('wayThere', 'refusal', 'choice');

let stage: Stage;
let works: Company;
let mill: Company;

beforeAll(async () => {
  stage = await setStage();
  works = await openCompany(stage.server, 'Example Works', ['works.example', 'both.example']);
  mill = await openCompany(stage.server, 'Example Mill', ['both.example']);
});

afterAll(async () => {
  await stage?.close();
  await works?.close();
  await mill?.close();
});

async function issue({ user }: Person) {
  return stage.server.api.signInTokens.createSignInToken({ userId: user.id });
}

async function statusOf(tokenId: string): Promise<string> {
  return (await stage.server.api.signInTokens.get(tokenId)).status;
}

test.each(told('wayThere'))(
  'a link leads straight to the provider and back, and is spent then ($kind)',
  async (place) => {
    const person = await works.addWorker('works.example');
    const { id, token } = await issue(person);
    const { page, complaints } = await newVisitor(stage.browser);
    const frames = await watchFrames(page);
    const door = await holdAtDoor(page, works);
    await page.goto(place.link(stage, token));
    await door.arrived;
    expect(await statusOf(id)).toBe('pending');
    expect(page.url()).not.toContain(token);
    door.letThrough();
    await page.getByText(place.greeting).waitFor();
    expect(await statusOf(id)).toBe('accepted');
    // Neither on the way there nor on the way back does a form come up for a moment.
    const seen = frames.headings();
    const way = seen.slice(seen.indexOf('Checking your ticket'));
    const arrived = ['You are signed in', 'Row K, seat 11'];
    expect(way.filter((each) => !arrived.includes(each))).toEqual(['Checking your ticket']);
    expect(frames.fields()).toEqual([]);
    await signOut(page);
    expect(complaints).toEqual([]);
  },
);

test.each(told('refusal'))(
  'a provider that says no is quoted, and can be asked again ($kind)',
  async (place) => {
    const person = await works.addWorker('works.example');
    const { account } = works.provider;
    works.provider.account = undefined;
    const { id, token } = await issue(person);
    const { page, complaints } = await newVisitor(stage.browser);
    await page.goto(place.link(stage, token));
    await page
      .getByRole('alert')
      .filter({ hasText: 'Your company did not sign you in.' })
      .waitFor();
    await page.getByRole('heading', { name: 'Go on at your organization' }).waitFor();
    await expectStep(page, place, 'methods');
    await expectAccessible(page);
    expect(await statusOf(id)).toBe('pending');
    works.provider.account = account;
    await page.getByRole('button', { name: 'Continue with Example Works' }).click();
    await page.getByText(place.greeting).waitFor();
    expect(await statusOf(id)).toBe('accepted');
    expect(complaints).toEqual([]);
  },
);

test.each(told('choice'))('whoever belongs to two companies chooses ($kind)', async (place) => {
  const person = await mill.addWorker('both.example');
  const { page, complaints } = await newVisitor(stage.browser);
  await page.goto(place.link(stage, (await issue(person)).token));
  await page.getByRole('heading', { name: 'Which organization?' }).waitFor();
  await page.getByRole('button', { name: 'Continue with Example Works' }).waitFor();
  await expectStep(page, place, 'methods');
  await expectAccessible(page);
  await page.reload();
  await page.getByRole('button', { name: 'Continue with Example Mill' }).click();
  await page.getByText(place.greeting).waitFor();
  expect(complaints).toEqual([]);
});

test('an address of the company leads there too, without a password', async () => {
  const person = await works.addWorker('works.example');
  const { page } = await newVisitor(stage.browser);
  await page.goto(`${stage.app.url}/sign-in`);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('Held at the will-call window').waitFor();
});

test('whoever stops on the way there, or whose provider answers with no page, can go again', async () => {
  const person = await works.addWorker('works.example');
  const { page } = await newVisitor(stage.browser);
  await page.clock.install();
  await page.goto(`${stage.app.url}/sign-in`);
  await page.getByLabel('E-mail address').fill(person.email);
  await page.route(`${works.provider.issuer}/**`, (route) => route.fulfill({ status: 204 }));
  const noPage = page.waitForResponse(`${works.provider.issuer}/**`);
  await page.getByRole('button', { name: 'Continue' }).click();
  await noPage;
  await page.clock.runFor(10_000);
  await page.unroute(`${works.provider.issuer}/**`);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('Held at the will-call window').waitFor();
});
