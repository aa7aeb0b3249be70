import type { BackendOrganizationJSON, SignInJSON, TicketQuestionJSON } from '@willcall/contract';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Browser } from '../browser.ts';
import { createOrganization, inviteMember } from '../invited.ts';
import {
  type AskingService,
  askingPage,
  foreignPage,
  openAsking,
  openLink,
  press,
  pressOnTheWay,
} from './asked.ts';

let service: AskingService;
let organization: BackendOrganizationJSON;

beforeAll(async () => {
  service = await openAsking({ settings: { hasOrganizations: true } });
});
beforeEach(async () => {
  organization = await createOrganization(service);
});
afterAll(() => service.close());

/** Invites ada@example.com, who has an account. */
async function invite(fields: object = {}) {
  const given = { email_address: 'ada@example.com', ...fields };
  const { id, ticket, url } = await inviteMember(service, organization.id, given);
  return { id, ticket, url: new URL(url ?? '') };
}

async function members(): Promise<number> {
  const url = `/v1/organizations/${organization.id}/memberships`;
  return (await service.backend<{ total_count: number }>('GET', url)).body.total_count;
}

function redeem(browser: Browser, ticket: string, fields: Readonly<Record<string, string>> = {}) {
  return browser.post<SignInJSON>('/v1/client/sign_ins', { strategy: 'ticket', ticket, ...fields });
}

test('is asked about by a component, and joins nobody before', async () => {
  const { ticket } = await invite();
  const browser = service.browser();
  const before = service.dump();
  const asked = await redeem(browser, ticket, { asks: 'visible' });
  expect([asked.status, asked.code]).toEqual([400, 'ticket_confirmation_required']);
  expect(service.dump()).toEqual(before);
  const question = asked.body.errors?.[0]?.meta.confirmation as TicketQuestionJSON;
  expect(question).toMatchObject({ is_impersonation: false, signed_in_as: null });
  const told = { asks: 'visible', confirmation: question.proof };
  expect((await redeem(browser, ticket, told)).body.response.status).toBe('complete');
  expect(await members()).toBe(1);
  // The browser that pressed once is known from then on, and asked no more.
  const client = await browser.get<{ sessions: { id: string }[] }>('/v1/client');
  await browser.post(`/v1/client/sessions/${client.body.response.sessions[0]?.id}/end`);
  organization = await createOrganization(service);
  const second = await redeem(browser, (await invite()).ticket, { asks: 'visible' });
  expect(second.body.response.status).toBe('complete');
});

test('is asked about on the hosted page, which then signs in and joins', async () => {
  const { url } = await invite();
  const visitor = service.visitor();
  const page = await openLink(visitor, url);
  expect(page).toContain('Sign in as <bdi>');
  expect(await members()).toBe(0);
  const pressed = await press(visitor, page, 'continue');
  expect([pressed.status, pressed.location]).toEqual([303, 'http://localhost:4000/']);
  expect(await members()).toBe(1);
});

test('asks on the hosted page on its way to a page that does not ask, and goes on there', async () => {
  const invitation = await invite({ redirect_url: `${foreignPage}?from=mail` });
  const { id, ticket } = invitation;
  const { visitor, continuation } = await pressOnTheWay(service, invitation, 'sign_in');
  expect(await members()).toBe(0);

  expect((await redeem(visitor, continuation)).body.response.status).toBe('complete');
  expect(await members()).toBe(1);
  expect((await service.world.store.invitations.find(id))?.status).toBe('accepted');
  expect((await redeem(service.browser(), ticket)).code).toBe(
    'organization_invitation_already_accepted',
  );
});

test('a continuation of it lives for sixty seconds, and pressing again voids it', async () => {
  const { url } = await invite({ redirect_url: foreignPage });
  const visitor = service.visitor();
  const page = await openLink(visitor, url);
  const first = new URL((await press(visitor, page, 'continue')).location ?? '');
  const second = new URL((await press(visitor, page, 'continue')).location ?? '');
  const ticketOf = (next: URL) => next.searchParams.get('__clerk_ticket') ?? '';
  service.clock.advance(59_999);
  expect((await redeem(visitor, ticketOf(first))).code).toBe('ticket_continuation_expired');
  service.clock.advance(1);
  expect((await redeem(visitor, ticketOf(second))).code).toBe('ticket_continuation_expired');
  expect(await members()).toBe(0);
});

test('goes straight to a page that asks by itself', async () => {
  const { url, ticket } = await invite({ redirect_url: askingPage });
  const clicked = await service.visitor().get(url.pathname + url.search);
  const query = new URLSearchParams({ __clerk_ticket: ticket, __clerk_status: 'sign_in' });
  expect(clicked.location).toBe(`${askingPage}?${query.toString()}`);
});

test('asks a member too, who has nothing to join', async () => {
  const { url } = await invite();
  await service.backend('POST', `/v1/organizations/${organization.id}/memberships`, {
    user_id: service.userId,
    role: 'org:member',
  });
  const clicked = await service.visitor().get(url.pathname + url.search);
  expect(clicked.location).toContain('__clerk_status=complete');
  const sessions = service.dump()['sessions'];
  const visitor = service.visitor();
  const page = await openLink(visitor, url);
  expect(service.dump()['sessions']).toEqual(sessions);
  expect((await press(visitor, page, 'continue')).status).toBe(303);
});

test('asks whether to switch where somebody else is signed in, and does', async () => {
  const browser = service.visitor();
  const grace = await service.addUser('grace@example.com');
  const { ticket: own } = await service.issue({ user_id: grace, confirmation: 'none' });
  await redeem(browser, own);
  const { url } = await invite();
  const page = await openLink(browser, url);
  expect(page).toContain('value="switch"');
  await press(browser, page, 'switch');
  expect(await members()).toBe(1);
  const { sessions } = (await browser.get<{ sessions: { user: { id: string } }[] }>('/v1/client'))
    .body.response;
  expect(sessions.map(({ user }) => user.id)).toEqual([service.userId]);
});

test('with always is refused from code, and without a wish joins at once', async () => {
  const { world } = service;
  const { ticket } = await invite();
  await world.instance.save({ ...world.instance.settings, confirmation: 'always' });
  const refused = await redeem(service.browser(), ticket);
  await world.instance.save({ ...world.instance.settings, confirmation: 'auto' });
  expect([refused.status, refused.code, await members()]).toEqual([
    400,
    'ticket_confirmation_required',
    0,
  ]);
  expect((await redeem(service.browser(), ticket)).body.response.status).toBe('complete');
  expect(await members()).toBe(1);
});
