import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newAddress } from '../tooling/new-address.ts';
import { expectAccessible, expectFocus } from './accessibility.ts';
import { expectStep, type Place, places, placesFor, signOut } from './places.ts';
import type { Person } from './server.ts';
import { setStage, type Stage } from './stage.ts';
import { newVisitor } from './visitor.ts';

const told = placesFor('choice', 'chosen', 'none', 'unknown');

let stage: Stage;

beforeAll(async () => {
  stage = await setStage({ organizations: true, force_organization: true });
});

afterAll(() => stage?.close());

async function addOrganization(name: string, ...members: Person[]): Promise<string> {
  const { id } = await stage.server.call<{ id: string }>('POST', '/organizations', { name });
  for (const { user } of members) {
    const member = { user_id: user.id, role: 'org:member' };
    await stage.server.call('POST', `/organizations/${id}/memberships`, member);
  }
  return id;
}

async function issue({ user }: Person, orgId?: string): Promise<string> {
  const params = { userId: user.id, orgId };
  return (await stage.server.api.signInTokens.createSignInToken(params)).token;
}

/** The organization that the session of this person speaks for, as a server of the app learns it. */
async function organizationOf({ user }: Person): Promise<unknown> {
  const { api } = stage.server;
  const { data } = await api.sessions.getSessionList({ userId: user.id });
  const { jwt } = await api.sessions.getToken(data[0]?.id ?? '');
  const claims = await api.verifyToken(jwt);
  return (claims as unknown as { o?: { id: string } }).o?.id;
}

test.each(told('choice'))(
  'a session waits until an organization is chosen ($kind)',
  async (place) => {
    const person = await stage.server.addUser();
    const other = await addOrganization('The Globe', person);
    const chosen = await addOrganization('The Rose', person);
    const { page, complaints } = await newVisitor(stage.browser);
    await page.goto(place.link(stage, await issue(person)));
    await page.getByRole('heading', { name: 'Almost there' }).waitFor();
    await expectStep(page, place, 'choose-organization');
    await page.getByRole('button', { name: 'The Globe' }).waitFor();
    await expectAccessible(page);

    await page.reload();
    await page.getByRole('button', { name: 'The Rose' }).click();
    await page.getByText(place.greeting).waitFor();
    expect(await organizationOf(person)).toBe(chosen);
    expect(chosen).not.toBe(other);
    await signOut(page);
    expect(complaints).toEqual([]);
  },
);

test.each(told('chosen'))('a link may have chosen already ($kind)', async (place) => {
  const person = await stage.server.addUser();
  const id = await addOrganization('The Globe', person);
  const { page, complaints } = await newVisitor(stage.browser);
  await page.goto(place.link(stage, await issue(person, id)));
  await page.getByText(place.greeting).waitFor();
  expect(await organizationOf(person)).toBe(id);
  expect(complaints).toEqual([]);
});

test.each(told('none'))(
  'whoever belongs to none makes one, or signs out ($kind)',
  async (place) => {
    const person = await stage.server.addUser();
    const { page, complaints } = await newVisitor(stage.browser);
    await page.goto(place.link(stage, await issue(person)));
    await page.getByText('You belong to no organization yet. Create one').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail address').waitFor();
    const pending = { userId: person.user.id, status: 'pending' } as const;
    expect((await stage.server.api.sessions.getSessionList(pending)).totalCount).toBe(0);

    await page.goto(place.link(stage, await issue(person)));
    await page.getByRole('button', { name: 'Create an organization' }).click();
    await expectAccessible(page);
    await expectFocus(page.getByRole('textbox').first());
    await page.keyboard.type('The Curtain');
    await page.keyboard.press('Enter');
    await page.getByText(place.greeting).waitFor();
    expect(await organizationOf(person)).toMatch(/^org_/);
    expect(complaints).toEqual([]);
  },
);

test('whoever may not make one is told to ask for an invitation', async () => {
  const [place] = places as [Place];
  const person = await stage.server.addUser();
  const change = { create_organization_enabled: false };
  await stage.server.call('PATCH', `/users/${person.user.id}`, change);
  const { page } = await newVisitor(stage.browser);
  await page.goto(place.link(stage, await issue(person)));
  await page.getByText('Ask for an invitation, then come back.').waitFor();
  expect(await page.getByRole('button', { name: 'Create an organization' }).count()).toBe(0);
});

test.each(told('unknown'))(
  'a task that the page does not know is named, and can be signed out of ($kind)',
  async (place) => {
    const { page, complaints } = await newVisitor(stage.browser);
    // The answers of a server that has learned a task which this page has not.
    await page.route('**/v1/client**', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replaceAll('choose-organization', 'choose-a-seat');
      await route.fulfill({ response: answer, body });
    });
    await page.goto(place.link(stage, await issue(await stage.server.addUser())));
    await page.getByRole('alert').filter({ hasText: 'choose-a-seat' }).waitFor();
    await expectAccessible(page);
    expect(complaints).toEqual([expect.stringMatching(/^error: Willcall: .*choose-a-seat/)]);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail address').waitFor();
    await expectStep(page, place, '');
    expect(complaints).toHaveLength(1);
  },
);

interface MemberInvitation {
  readonly organizationId: string;
  readonly url: string;
}

async function inviteMember(email: string, door: string | undefined): Promise<MemberInvitation> {
  const organizationId = await addOrganization('The Swan');
  const { url } = await stage.server.call<{ url: string }>(
    'POST',
    `/organizations/${organizationId}/invitations`,
    { email_address: email, role: 'org:member', redirect_url: door },
  );
  return { organizationId, url };
}

const doors = [
  { kind: 'hosted', door: () => undefined, place: 0 },
  { kind: 'embedded, path', door: () => `${stage.app.url}/sign-in`, place: 2 },
  { kind: 'embedded, hash', door: () => `${stage.app.url}/sign-in-hash`, place: 3 },
] as const;

test.each(doors)(
  'an invitation takes somebody who has an account into the organization, once ($kind)',
  async ({ door, place }) => {
    const greeting = places[place]?.greeting ?? '';
    const person = await stage.server.addUser();
    const { organizationId, url } = await inviteMember(person.email, door());
    const { page, complaints } = await newVisitor(stage.browser);
    await page.goto(url);
    await page.getByText(greeting).waitFor();
    expect(await organizationOf(person)).toBe(organizationId);
    await signOut(page);

    const ticket = new URL(url).searchParams.get('ticket') ?? '';
    await page.goto((places[place] as Place).link(stage, ticket));
    const alert = page.getByRole('alert');
    await alert.filter({ hasText: 'This invitation was accepted already' }).waitFor();
    expect(complaints).toEqual([]);
  },
);

test.each(doors)(
  'an invitation makes an account, which belongs to the organization ($kind)',
  async ({ door, place }) => {
    const email = newAddress('newcomer');
    const { organizationId, url } = await inviteMember(email, door());
    const { page, complaints } = await newVisitor(stage.browser);
    await page.goto(url);
    await page.getByRole('heading', { name: 'Accept your invitation' }).waitFor();
    await page.getByLabel('Password', { exact: true }).fill('a row of eleven seats');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText(places[place]?.greeting ?? '').waitFor();
    const { data } = await stage.server.api.users.getUserList({ emailAddress: email });
    const [user] = data;
    if (!user) throw new Error('no account was made');
    expect(await organizationOf({ user, email })).toBe(organizationId);
    expect(complaints).toEqual([]);
  },
);

test('the switcher changes the organization that the session speaks for', async () => {
  const person = await stage.server.addUser();
  const globe = await addOrganization('The Globe', person);
  const rose = await addOrganization('The Rose', person);
  const { page, complaints } = await newVisitor(stage.browser);
  await page.goto((places[2] as Place).link(stage, await issue(person, globe)));
  await page.getByText('Held at the will-call window').waitFor();
  await page.goto(`${stage.app.url}/company`);
  await openSwitcher(page, 'The Globe');
  expect(await page.getByRole('menuitemradio').allTextContents()).toEqual([
    'The Globe',
    'The Rose',
  ]);
  await expectAccessible(page);
  await page.getByRole('menuitemradio', { name: 'The Rose' }).click();
  await switcher(page, 'The Rose').waitFor();
  expect(await organizationOf(person)).toBe(rose);

  // By keyboard, back again.
  await switcher(page, 'The Rose').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await switcher(page, 'The Globe').waitFor();
  await page.reload();
  await switcher(page, 'The Globe').waitFor();
  expect(await organizationOf(person)).toBe(globe);

  // One that does not exist yet. Nobody is offered to go on without any.
  await openSwitcher(page, 'The Globe');
  expect(await page.getByRole('menuitemradio').count()).toBe(2);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'A new organization' });
  await dialog.waitFor();
  await expectAccessible(page);
  await expectFocus(dialog.getByRole('textbox').first());
  await page.keyboard.type('The Curtain');
  await page.keyboard.press('Enter');
  await switcher(page, 'The Curtain').waitFor();
  expect(await dialog.count()).toBe(0);
  expect([globe, rose, undefined]).not.toContain(await organizationOf(person));
  expect(complaints).toEqual([]);
});

function switcher(page: Page, name: string) {
  return page.getByRole('button', { name: `Organization: ${name}. Change it` });
}

async function openSwitcher(page: Page, name: string): Promise<void> {
  await switcher(page, name).click();
  await page.getByRole('menu', { name: 'Organizations' }).waitFor();
}
