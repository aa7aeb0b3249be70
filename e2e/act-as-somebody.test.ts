import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from './accessibility.ts';
import { hosted, type Place, places, placesFor, signOut } from './places.ts';
import type { Person } from './server.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

const told = placesFor('somebody', 'nobody', 'end');

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});

afterAll(() => stage?.close());

/** Somebody of the support, and the person whom they act as. */
async function addPair() {
  const supporter = await stage.server.addUser({ firstName: 'Susan', lastName: 'Support' });
  const subject = await stage.server.addUser({ password: 'a row of eleven seats' });
  return { supporter, subject };
}

async function issueToAct(supporter: Person, subject: Person, fields: object = {}) {
  return stage.server.call<{ id: string; token: string }>('POST', '/actor_tokens', {
    user_id: subject.user.id,
    actor: { sub: supporter.user.id },
    ...fields,
  });
}

async function signIn(page: Page, place: Place, { user }: Person): Promise<void> {
  const { token } = await stage.server.api.signInTokens.createSignInToken({ userId: user.id });
  await page.goto(place.link(stage, token));
  await page.getByText(place.greeting).waitFor();
}

test.each(told('somebody'))(
  'the bar says who and as whom, and its button gives the session before back ($kind)',
  async (place) => {
    const { supporter, subject } = await addPair();
    const { page, complaints } = await newVisitor(stage.browser);
    await signIn(page, place, supporter);
    const { token } = await issueToAct(supporter, subject);
    await page.goto(place.link(stage, token));
    const bar = page.getByRole('region', { name: 'Impersonation' });
    await bar.getByText(`${supporter.user.id} is acting as Ada.`).waitFor();
    expect(await bar.getByRole('timer').textContent()).toMatch(/^Ends in (30|29):\d\d$/);
    await page.getByText(place.greeting).waitFor();
    await page.getByRole('button', { name: 'Account of Ada' }).waitFor();
    await expectAccessible(page);
    await page.reload();
    await bar.getByText(/is acting as Ada\./).waitFor();

    await bar.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Account of Susan Support' }).waitFor();
    expect(await bar.count()).toBe(0);
    await page.reload();
    await page.getByRole('button', { name: 'Account of Susan Support' }).waitFor();
    await signOut(page);
    expect(complaints).toEqual([]);
  },
);

test.each(told('nobody'))(
  'whoever was not signed in is signed out again ($kind)',
  async (place) => {
    const { supporter, subject } = await addPair();
    const { page, complaints } = await newVisitor(stage.browser);
    const { id, token } = await issueToAct(supporter, subject);
    await page.goto(place.link(stage, token));
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText(/Nobody is signed in\.|You are not signed in/).waitFor();
    const { status } = await stage.server.call<{ status: string }>('GET', `/actor_tokens/${id}`);
    expect(status).toBe('accepted');

    await page.goto(place.link(stage, token));
    await page.getByRole('alert').filter({ hasText: 'This link has been used already' }).waitFor();
    expect(complaints).toEqual([]);
  },
);

test.each([
  ['hosted', () => `${stage.server.url}/user`],
  ['embedded', () => `${stage.app.url}/account`],
])('nobody changes credentials while acting as somebody (%s)', async (_kind, account) => {
  const { supporter, subject } = await addPair();
  const { page, complaints } = await newVisitor(stage.browser);
  const { token } = await issueToAct(supporter, subject);
  await page.goto((places as [Place])[0].link(stage, token));
  await page.getByText(hosted).waitFor();
  await page.goto(account());
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
  await page
    .getByText('Password and second step cannot be changed while somebody acts as you.')
    .first()
    .waitFor();
  expect(await page.getByRole('button', { name: 'Change password' }).count()).toBe(0);
  expect(await page.getByRole('button', { name: /authenticator app/ }).count()).toBe(0);
  await expectAccessible(page);
  expect(complaints).toEqual([]);
});

test('no further link works meanwhile, and each says so', async () => {
  const [place] = places as [Place];
  const { supporter, subject } = await addPair();
  const { page } = await newVisitor(stage.browser);
  await page.goto(place.link(stage, (await issueToAct(supporter, subject)).token));
  await page.getByText(place.greeting).waitFor();
  await page.goto(place.link(stage, (await issueToAct(supporter, subject)).token));
  await page
    .getByRole('alert')
    .filter({ hasText: 'You are acting as somebody else here.' })
    .waitFor();
});

test.each(told('end'))(
  'at the end of its time the bar goes, and the session before comes back ($kind)',
  async (place) => {
    const { supporter, subject } = await addPair();
    const { page, complaints } = await newVisitor(stage.browser);
    await signIn(page, place, supporter);
    await page.clock.install();
    await page.goto(place.link(stage, (await issueToAct(supporter, subject)).token));
    const bar = page.getByRole('region', { name: 'Impersonation' });
    await bar.waitFor();
    await page.getByText(place.greeting).waitFor();
    // The server goes by its own clock, so the end is made there.
    const subjects = { userId: subject.user.id, status: 'active' } as const;
    const { data } = await stage.server.api.sessions.getSessionList(subjects);
    await Promise.all(data.map(({ id }) => stage.server.api.sessions.revokeSession(id)));
    expect(data.length).toBe(1);
    // As when the computer sleeps: the timers of the page come late, and once.
    await page.clock.fastForward('31:00');
    await page.getByRole('button', { name: 'Account of Susan Support' }).waitFor();
    expect(await bar.count()).toBe(0);
    await page.reload();
    await page.getByRole('button', { name: 'Account of Susan Support' }).waitFor();
    expect(complaints).toEqual([]);
  },
);

test('a session that was ended elsewhere takes the bar with it', async () => {
  const [, , place] = places as [Place, Place, Place];
  const { supporter, subject } = await addPair();
  const { page } = await newVisitor(stage.browser);
  await page.goto(place.link(stage, (await issueToAct(supporter, subject)).token));
  const bar = page.getByRole('region', { name: 'Impersonation' });
  await bar.waitFor();
  const { data } = await stage.server.api.sessions.getSessionList({ userId: subject.user.id });
  await Promise.all(data.map(({ id }) => stage.server.api.sessions.revokeSession(id)));
  await page.goto(stage.app.url);
  await page.getByText('Nobody is signed in.').waitFor();
  expect(await bar.count()).toBe(0);
});
