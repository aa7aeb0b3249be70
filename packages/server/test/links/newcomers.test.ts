import type { SignUpJSON, TicketQuestionJSON } from '@willcall/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser, PageAnswer } from '../browser.ts';
import { invite, signUp } from '../invited.ts';
import {
  type AskingService,
  askingPage,
  foreignPage,
  openAsking,
  openLink,
  press,
  pressOnTheWay,
} from './asked.ts';

/** Here an invited address is all that an account needs. */
let service: AskingService;

beforeAll(async () => {
  service = await openAsking({ settings: { strategies: { password: false, emailCode: true } } });
});
afterAll(() => service.close());

/** Invites somebody who has no account, to the application. */
async function inviteNewcomer(fields: object = {}) {
  const { url, ...invitation } = await invite(service, fields);
  return { ...invitation, url: new URL(url ?? '') };
}

async function accountsOf(email: string): Promise<number> {
  const { body } = await service.backend<unknown[]>('GET', `/v1/users?email_address=${email}`);
  return body.length;
}

function questionOf(asked: PageAnswer<SignUpJSON>): TicketQuestionJSON {
  expect([asked.status, asked.code]).toEqual([400, 'ticket_confirmation_required']);
  return asked.body.errors?.[0]?.meta.confirmation as TicketQuestionJSON;
}

/** Somebody who is signed in already. */
async function signedIn(browser: Browser): Promise<string> {
  const userId = await service.addUser(`grace${Math.random()}@example.com`);
  const { ticket } = await service.issue({ user_id: userId, confirmation: 'none' });
  await browser.post('/v1/client/sign_ins', { strategy: 'ticket', ticket });
  return userId;
}

async function usersOf(browser: Browser): Promise<readonly string[]> {
  const client = await browser.get<{ sessions: { user: { id: string } }[] }>('/v1/client');
  return client.body.response.sessions.map(({ user }) => user.id);
}

test('an invitation that makes an account is asked about by a component, and makes none before', async () => {
  const { ticket, email_address: email } = await inviteNewcomer();
  const browser = service.browser();
  const before = service.dump();
  for (const asks of ['visible', 'hidden']) {
    const question = questionOf(await signUp(browser, ticket, { asks }));
    expect(question).toMatchObject({
      account: expect.stringMatching(/^i\*\*\*\d@e\*\*\*\.com$/),
      ...{ is_sign_up: true, is_impersonation: false, signed_in_as: null },
    });
  }
  expect(service.dump()).toEqual(before);
  const { proof } = questionOf(await signUp(browser, ticket, { asks: 'visible' }));
  const done = await signUp(browser, ticket, { asks: 'visible', confirmation: proof });
  expect(done.body.response.status).toBe('complete');
  expect(await accountsOf(email)).toBe(1);
  // Whoever pressed is known here from now on.
  const userId = done.body.response.created_user_id ?? '';
  await browser.post(`/v1/client/sessions/${done.body.response.created_session_id}/end`);
  const { ticket: next } = await service.issue({ user_id: userId });
  const known = { strategy: 'ticket', ticket: next, asks: 'visible' };
  expect((await browser.post('/v1/client/sign_ins', known)).status).toBe(200);
});

test('the proof of another invitation, or one that is too old, confirms nothing', async () => {
  const [one, other] = [await inviteNewcomer(), await inviteNewcomer()];
  const browser = service.browser();
  const { proof } = questionOf(await signUp(browser, other.ticket, { asks: 'visible' }));
  questionOf(await signUp(browser, one.ticket, { asks: 'visible', confirmation: proof }));
  service.clock.advance(600_000);
  questionOf(await signUp(browser, other.ticket, { asks: 'visible', confirmation: proof }));
  expect(await accountsOf(other.email_address)).toBe(0);
});

test('a step that brings the ticket later is judged as well', async () => {
  const { ticket, email_address: email } = await inviteNewcomer();
  const browser = service.browser();
  const started = await browser.post<SignUpJSON>('/v1/client/sign_ups', { first_name: 'Ina' });
  const url = `/v1/client/sign_ups/${started.body.response.id}?_method=PATCH`;
  const later = { strategy: 'ticket', ticket, asks: 'visible' };
  const { proof } = questionOf(await browser.post<SignUpJSON>(url, later));
  expect(await accountsOf(email)).toBe(0);
  const done = await browser.post<SignUpJSON>(url, { ...later, confirmation: proof });
  expect(done.body.response.status).toBe('complete');
});

test('from code, and by an official component, it makes the account at once; with always it does not', async () => {
  const { world } = service;
  const { ticket } = await inviteNewcomer();
  await world.instance.save({ ...world.instance.settings, confirmation: 'always' });
  const refused = await signUp(service.browser(), ticket);
  await world.instance.save({ ...world.instance.settings, confirmation: 'auto' });
  expect(refused.code).toBe('ticket_confirmation_required');
  expect((await signUp(service.browser(), ticket)).body.response.status).toBe('complete');
});

test('with none nobody is asked', async () => {
  const { world } = service;
  const { ticket, url } = await inviteNewcomer({ redirect_url: foreignPage });
  await world.instance.save({ ...world.instance.settings, confirmation: 'none' });
  const clicked = await service.visitor().get(url.pathname + url.search);
  const done = await signUp(service.browser(), ticket, { asks: 'visible' });
  await world.instance.save({ ...world.instance.settings, confirmation: 'auto' });
  expect(clicked.location?.startsWith(`${foreignPage}?`)).toBe(true);
  expect(done.body.response.status).toBe('complete');
});

test('the hosted page asks without a script, and its press makes the account', async () => {
  const { url, email_address: email } = await inviteNewcomer();
  const visitor = service.visitor();
  const page = await openLink(visitor, url);
  expect(page).toContain('Create an account for <bdi>i***');
  expect(await accountsOf(email)).toBe(0);
  expect((await press(visitor, page, 'at_once')).status).toBe(200);
  expect(await accountsOf(email)).toBe(0);
  const pressed = await press(visitor, page, 'continue');
  expect([pressed.status, pressed.location]).toEqual([303, 'http://localhost:4000/']);
  expect(await accountsOf(email)).toBe(1);
  expect(await usersOf(visitor)).toHaveLength(1);
});

test('its address is clean before anything is loaded, on the page to sign up at too', async () => {
  const { url, ticket } = await inviteNewcomer();
  const visitor = service.visitor();
  const clicked = await visitor.get(url.pathname + url.search);
  const page = new URL(clicked.location ?? '');
  expect(page.pathname).toBe('/sign-up');
  const next = await visitor.get(page.pathname + page.search);
  expect([next.status, next.location]).toEqual([303, '/sign-in/confirm']);
  expect((await visitor.get('/sign-in/confirm')).text).not.toContain(ticket);
});

test('asks on the hosted page on its way to a page that does not ask, and goes on there', async () => {
  const invitation = await inviteNewcomer({ redirect_url: `${foreignPage}?from=mail` });
  const { id, ticket } = invitation;
  const { visitor, continuation } = await pressOnTheWay(service, invitation, 'sign_up');
  expect((await service.world.store.invitations.find(id))?.status).toBe('pending');

  // As an official component sends it.
  expect((await signUp(visitor, continuation)).body.response.status).toBe('complete');
  expect((await service.world.store.invitations.find(id))?.status).toBe('accepted');
  expect((await signUp(service.browser(), ticket)).code).toBe('invitation_already_accepted');
});

test('a continuation of it lives for sixty seconds, and one of a token signs nobody up', async () => {
  const { url, email_address: email } = await inviteNewcomer({ redirect_url: foreignPage });
  const visitor = service.visitor();
  const continued = async (link: URL) => {
    const pressed = await press(visitor, await openLink(visitor, link), 'continue');
    return new URL(pressed.location ?? '').searchParams.get('__clerk_ticket') ?? '';
  };
  const late = await continued(url);
  service.clock.advance(60_000);
  expect((await signUp(visitor, late)).code).toBe('ticket_continuation_expired');
  const ofToken = await continued((await service.issue({ sign_in_url: foreignPage })).url);
  expect((await signUp(visitor, ofToken)).code).toBe('ticket_invalid_code');
  expect(await accountsOf(email)).toBe(0);
});

test('goes straight to a page that asks by itself', async () => {
  const { url, ticket } = await inviteNewcomer({ redirect_url: askingPage });
  const clicked = await service.visitor().get(url.pathname + url.search);
  const query = new URLSearchParams({ __clerk_ticket: ticket, __clerk_status: 'sign_up' });
  expect(clicked.location).toBe(`${askingPage}?${query.toString()}`);
});

test('asks whether to switch where somebody else is signed in, and does', async () => {
  const visitor = service.visitor();
  const grace = await signedIn(visitor);
  const { url, email_address: email } = await inviteNewcomer();
  const page = await openLink(visitor, url);
  expect(page).toContain('value="switch"');
  expect(page).not.toContain('value="add"');
  expect((await press(visitor, page, 'continue')).text).toContain('value="switch"');
  expect([await accountsOf(email), await usersOf(visitor)]).toEqual([0, [grace]]);
  await press(visitor, page, 'switch');
  expect(await accountsOf(email)).toBe(1);
  const users = await usersOf(visitor);
  expect(users).toHaveLength(1);
  expect(users).not.toContain(grace);
});

test('adds the account beside whoever is signed in, where several may be', async () => {
  const { world } = service;
  await world.instance.save({ ...world.instance.settings, isSingleSession: false });
  const browser = service.browser();
  const grace = await signedIn(browser);
  const { ticket } = await inviteNewcomer();
  const question = questionOf(await signUp(browser, ticket, { asks: 'visible' }));
  expect(question).toMatchObject({ can_add: true, signed_in_as: expect.any(String) });
  const told = { asks: 'visible', confirmation: question.proof };
  questionOf(await signUp(browser, ticket, told));
  const added = await signUp(browser, ticket, { ...told, signed_in: 'add' });
  await world.instance.save({ ...world.instance.settings, isSingleSession: true });
  expect(added.body.response.status).toBe('complete');
  const users = await usersOf(browser);
  expect(users).toHaveLength(2);
  expect(users).toContain(grace);
});

test('where a password is asked for, whoever fills it in is there: nobody is asked', async () => {
  const { world } = service;
  const strategies = { password: true, emailCode: true };
  const { settings } = world.instance;
  const { url, ticket } = await inviteNewcomer({ redirect_url: foreignPage });
  await world.instance.save({ ...settings, strategies });
  const clicked = await service.visitor().get(url.pathname + url.search);
  const hosted = await service.visitor().get(`/sign-up?__clerk_ticket=${ticket}`);
  const started = await signUp(service.browser(), ticket, { asks: 'visible' });
  await world.instance.save(settings);
  expect(clicked.location?.startsWith(`${foreignPage}?`)).toBe(true);
  expect(hosted.location).toBeUndefined();
  expect(started.body.response).toMatchObject({ missing_fields: ['password'] });
});
