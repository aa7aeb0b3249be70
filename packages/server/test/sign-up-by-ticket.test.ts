import type {
  BackendUserJSON,
  CountedPageJSON,
  OrganizationMembershipJSON,
  SignInJSON,
  SignUpJSON,
} from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { newId } from '../src/domain/id.ts';
import {
  addMember,
  createOrganization,
  freshAddress,
  invite,
  inviteMember,
  signUp,
} from './invited.ts';
import { addressOf, createPerson, issueTicket, redeem, rightPassword } from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;

/** Without passwords a ticket is all that an account needs. */
let bare: TestService;

beforeAll(async () => {
  service = await openService({ settings: { hasOrganizations: true } });
  bare = await openService({
    settings: { hasOrganizations: true, strategies: { password: false, emailCode: true } },
  });
});
afterAll(async () => {
  await service.close();
  await bare.close();
});

async function userOf(at: TestService, id: string | null): Promise<BackendUserJSON> {
  return (await at.backend<BackendUserJSON>('GET', `/v1/users/${id}`)).body;
}

async function membersOf(
  at: TestService,
  organizationId: string,
): Promise<readonly OrganizationMembershipJSON[]> {
  const url = `/v1/organizations/${organizationId}/memberships`;
  return (await at.backend<CountedPageJSON<OrganizationMembershipJSON>>('GET', url)).body.data;
}

describe('an invitation signs up', () => {
  test('with its address, proved by the ticket; a password may still be missing', async () => {
    const { ticket, email_address, id } = await invite(service, { public_metadata: { row: 4 } });
    const browser = service.browser();
    const started = await signUp(browser, ticket);
    expect(started.status).toBe(200);
    expect(started.body.response).toMatchObject({
      status: 'missing_requirements',
      email_address,
      missing_fields: ['password'],
      unverified_fields: [],
      verifications: {
        email_address: { status: 'verified', strategy: 'ticket', object: 'verification_ticket' },
      },
    });
    const url = `/v1/client/sign_ups/${started.body.response.id}?_method=PATCH`;
    const done = await browser.post<SignUpJSON>(url, {
      password: rightPassword,
      first_name: 'Ina',
    });
    expect(done.body.response).toMatchObject({ status: 'complete', missing_fields: [] });
    expect(done.body.client?.sessions).toHaveLength(1);
    const user = await userOf(service, done.body.response.created_user_id);
    expect(user).toMatchObject({ first_name: 'Ina', public_metadata: { row: 4 } });
    expect(user.email_addresses[0]).toMatchObject({
      email_address,
      verification: { status: 'verified', strategy: 'ticket' },
    });
    const { body } = await service.backend<{ status: string }[]>(
      'GET',
      `/v1/invitations?query=${id}`,
    );
    expect(body[0]?.status).toBe('accepted');
  });

  test('at once where nothing is missing', async () => {
    const { ticket } = await invite(service);
    const { body } = await signUp(service.browser(), ticket, { password: rightPassword });
    expect(body.response.status).toBe('complete');
    expect(body.client?.last_authentication_strategy).toBeNull();
  });

  test('without the word strategy, and for its own address alone, written as one likes', async () => {
    const { ticket, email_address } = await invite(bare);
    const other = await signUp(bare.browser(), ticket, { email_address: freshAddress() });
    expect([other.status, other.code, other.body.errors?.[0]?.meta]).toEqual([
      422,
      'form_param_value_invalid',
      { param_name: 'email_address' },
    ]);
    const form = { ticket, email_address: email_address.toUpperCase() };
    const { body } = await bare.browser().post<SignUpJSON>('/v1/client/sign_ups', form);
    expect(body.response).toMatchObject({ status: 'complete', email_address });
  });

  test('and keeps its address later on, whatever a step says', async () => {
    const { ticket, email_address } = await invite(service);
    const browser = service.browser();
    const { response } = (await signUp(browser, ticket)).body;
    const url = `/v1/client/sign_ups/${response.id}`;
    const before = service.dump()['sign_ups'];
    const refused = await browser.post(`${url}?_method=PATCH`, {
      email_address: freshAddress(),
      password: rightPassword,
    });
    expect([refused.status, refused.code]).toEqual([422, 'form_param_value_invalid']);
    expect(service.dump()['sign_ups']).toEqual(before);
    const prepared = await browser.post(`${url}/prepare_verification`, { strategy: 'email_code' });
    expect(prepared.code).toBe('verification_already_verified');
    // SDKs send ticket and address again with the rest.
    const again = { strategy: 'ticket', ticket, email_address, password: rightPassword };
    expect(
      (await browser.post<SignUpJSON>(`${url}?_method=PATCH`, again)).body.response.status,
    ).toBe('complete');
  });

  test('makes one account when 64 browsers come at once', async () => {
    const { ticket, email_address } = await invite(bare);
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => signUp(bare.browser(), ticket)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const losers = new Set(answers.filter(({ status }) => status !== 200).map(({ code }) => code));
    expect([...losers]).toEqual(['invitation_already_accepted']);
    const { body } = await bare.backend<BackendUserJSON[]>(
      'GET',
      `/v1/users?email_address=${email_address}`,
    );
    expect(body).toHaveLength(1);
    const rows = bare.dump()['sign_ups'] ?? [];
    expect(rows.filter((row) => row['email_address'] === email_address)).toHaveLength(1);
  });

  test('gives the same session again to the browser whose answer got lost, for a minute', async () => {
    const { ticket } = await invite(bare);
    const browser = bare.browser();
    await browser.get('/v1/client');
    const first = await browser.post<SignUpJSON>(
      '/v1/client/sign_ups',
      { strategy: 'ticket', ticket },
      { isAnswerLost: true },
    );
    const second = await signUp(browser, ticket);
    expect(second.status).toBe(200);
    expect(second.body.response.created_session_id).toBe(first.body.response.created_session_id);
    expect((await signUp(bare.browser(), ticket)).code).toBe('invitation_already_accepted');
    bare.clock.advance(61_000);
    expect((await signUp(browser, ticket)).code).toBe('invitation_already_accepted');
  });

  test('and a password: whoever has the ticket and the former cookie alone gets no session of it', async () => {
    const { ticket } = await invite(service);
    const [browser, other] = [service.browser(), service.browser()];
    await other.get('/v1/client');
    for (const [name, value] of other.cookies) browser.cookies.set(name, value);
    const { body } = await signUp(browser, ticket, { password: rightPassword });
    expect(body.response.status).toBe('complete');
    const refused = await signUp(other, ticket);
    expect([refused.status, refused.code]).toEqual([400, 'invitation_already_accepted']);
    expect(refused.setCookies.join()).not.toContain('__client');
    // The browser that holds the session may ask again.
    const again = await signUp(browser, ticket);
    expect(again.body.response.created_session_id).toBe(body.response.created_session_id);
  });

  test.each(['public', 'restricted', 'waitlist'] as const)('in mode %s', async (signUpMode) => {
    const other = await openService({
      settings: { signUpMode, strategies: { password: false, emailCode: true } },
    });
    const { ticket } = await invite(other);
    expect((await signUp(other.browser(), ticket)).body.response.status).toBe('complete');
    const plain = await other
      .browser()
      .post('/v1/client/sign_ups', { email_address: freshAddress() });
    const codes = {
      public: undefined,
      restricted: 'sign_up_mode_restricted',
      waitlist: 'sign_up_restricted_waitlist',
    };
    expect([plain.status, plain.code]).toEqual([
      signUpMode === 'public' ? 200 : 403,
      codes[signUpMode],
    ]);
    const environment = (await other.browser().get('/v1/environment')).body;
    expect(environment).toMatchObject({ user_settings: { sign_up: { mode: signUpMode } } });
    await other.close();
  });

  test('but a plain sign-up that had begun does not end once the mode lets nobody else in', async () => {
    const other = await openService({
      settings: { strategies: { password: false, emailCode: true } },
    });
    const browser = other.browser();
    const begun = await browser.post<SignUpJSON>('/v1/client/sign_ups', {
      email_address: freshAddress(),
    });
    const url = `/v1/client/sign_ups/${begun.body.response.id}`;
    await browser.post(`${url}/prepare_verification`, { strategy: 'email_code' });
    await other.world.instance.save({ ...other.world.instance.settings, signUpMode: 'restricted' });
    const form = { strategy: 'email_code', code: await other.mailedCode() };
    expect((await browser.post(`${url}/attempt_verification`, form)).code).toBe(
      'sign_up_mode_restricted',
    );
    expect(other.dump()['users']).toEqual([]);
    await other.close();
  });
});

describe('a ticket does not sign up', () => {
  test('when it is none, or not complete', async () => {
    const before = service.dump();
    for (const ticket of [
      'garbage',
      'wci_00000000000000000000000000_000000000000000000000000000',
    ]) {
      const refused = await signUp(service.browser(), ticket);
      expect([refused.status, refused.code, refused.body.errors?.[0]?.meta]).toEqual([
        400,
        'ticket_invalid_code',
        {},
      ]);
    }
    expect((await signUp(service.browser(), '')).code).toBe('ticket_invalid_code');
    expect(service.dump()).toEqual(before);
  });

  test('by a strategy that there is not', async () => {
    const refused = await service
      .browser()
      .post('/v1/client/sign_ups', { strategy: 'oauth_nobody' });
    expect([refused.status, refused.code]).toEqual([422, 'form_param_value_invalid']);
    expect(refused.body.errors?.[0]?.meta).toEqual({ param_name: 'strategy' });
  });

  test('when its secret is another, or its prefix', async () => {
    const { ticket } = await invite(bare);
    const forged = `${ticket.slice(0, -1)}${ticket.endsWith('A') ? 'B' : 'A'}`;
    expect((await signUp(bare.browser(), forged)).code).toBe('ticket_invalid_code');
    expect((await signUp(bare.browser(), ticket.replace('wci', 'wco'))).code).toBe(
      'ticket_invalid_code',
    );
    expect((await signUp(bare.browser(), ticket.replace('wci', 'wct'))).code).toBe(
      'ticket_invalid_code',
    );
  });

  test('when it signs in', async () => {
    const { token } = await issueTicket(service, (await createPerson(service)).id);
    const refused = await signUp(service.browser(), token);
    expect([refused.status, refused.code]).toEqual([400, 'sign_in_token_not_in_sign_in_code']);
    expect((await redeem(service.browser(), token)).status).toBe(200);
  });

  test('when it was withdrawn, or expired, from its last moment on', async () => {
    const revoked = await invite(bare);
    await bare.backend('POST', `/v1/invitations/${revoked.id}/revoke`);
    expect((await signUp(bare.browser(), revoked.ticket)).code).toBe('revoked_invitation');
    const late = await invite(bare, { expires_in_days: 1 });
    bare.clock.advance(86_400_000);
    expect((await signUp(bare.browser(), late.ticket)).code).toBe('ticket_expired_code');
  });

  test('when there is an account: then it signs in', async () => {
    const { ticket, email_address } = await invite(bare);
    const user = await createPerson(bare, { email_address: [email_address] });
    expect((await signUp(bare.browser(), ticket)).code).toBe('invitation_account_exists');
    const { body } = await redeem(bare.browser(), ticket);
    expect(body.client?.sessions[0]?.user.id).toBe(user.id);
    expect((await redeem(bare.browser(), ticket)).code).toBe('invitation_already_accepted');
  });

  test('that made the account a moment ago: it says that it was used', async () => {
    let meanwhile: (() => Promise<unknown>) | undefined;
    const raced = await openService({
      settings: { strategies: { password: false, emailCode: true } },
      before: (engine) => ({
        ...engine,
        async get(sql, ...values) {
          const first = sql.includes('FROM identifications') ? meanwhile : undefined;
          if (first) meanwhile = undefined;
          await first?.();
          return engine.get(sql, ...values);
        },
      }),
    });
    onTestFinished(() => raced.close());
    const { ticket } = await invite(raced);
    // Between the look at the invitation and the look for its account somebody else signs up.
    meanwhile = async () => {
      expect((await signUp(raced.browser(), ticket)).status).toBe(200);
    };
    const late = await signUp(raced.browser(), ticket);
    expect([late.status, late.code, meanwhile]).toEqual([
      400,
      'invitation_already_accepted',
      undefined,
    ]);
  });

  test('when the person belongs to a company, which signs its people in itself', async () => {
    const other = await openService({
      settings: { strategies: { password: false, emailCode: true } },
    });
    const { ticket } = await invite(other, { email_address: 'ann@works.example' });
    const now = other.clock.now();
    await other.world.store.enterpriseConnections.add({
      id: newId(other.world, 'ent'),
      name: 'Works',
      domains: ['works.example'],
      discoveryUrl: 'https://id.works.example/.well-known/openid-configuration',
      oidcClientId: 'willcall',
      oidcSealedSecret: undefined,
      isActive: true,
      createdAt: now,
      updatedAt: now,
    });
    const before = other.dump();
    expect((await signUp(other.browser(), ticket)).code).toBe('enterprise_sso_required');
    expect(other.dump()).toEqual(before);
    await other.close();
  });

  test('while somebody is signed in, and stays good', async () => {
    const browser = bare.browser();
    await signUp(browser, (await invite(bare)).ticket);
    const second = await invite(bare);
    expect((await signUp(browser, second.ticket)).code).toBe('session_exists');
    expect((await signUp(bare.browser(), second.ticket)).status).toBe(200);
  });
});

describe('in the middle of a sign-up', () => {
  async function begin() {
    const invitation = await invite(service, { expires_in_days: 1 });
    const browser = service.browser();
    const { response } = (await signUp(browser, invitation.ticket)).body;
    const finish = () =>
      browser.post<SignUpJSON>(`/v1/client/sign_ups/${response.id}?_method=PATCH`, {
        password: rightPassword,
      });
    return { ...invitation, finish };
  }

  test('a withdrawn invitation makes no account', async () => {
    const { id, email_address, finish } = await begin();
    await service.backend('POST', `/v1/invitations/${id}/revoke`);
    const before = service.dump();
    expect((await finish()).code).toBe('revoked_invitation');
    expect(service.dump()).toEqual(before);
    const { body } = await service.backend<unknown[]>(
      'GET',
      `/v1/users?email_address=${email_address}`,
    );
    expect(body).toEqual([]);
  });

  test('an invitation may expire, for ten minutes', async () => {
    const begun = await invite(service, { expires_in_days: 1 });
    service.clock.advance(86_400_000 - 60_000);
    const browser = service.browser();
    const { response } = (await signUp(browser, begun.ticket)).body;
    service.clock.advance(60_000 + 599_000);
    const url = `/v1/client/sign_ups/${response.id}?_method=PATCH`;
    expect(
      (await browser.post<SignUpJSON>(url, { password: rightPassword })).body.response.status,
    ).toBe('complete');
  });

  test('an invitation that expired eleven minutes ago is over', async () => {
    const begun = await invite(service, { expires_in_days: 1 });
    service.clock.advance(86_400_000 - 60_000);
    const browser = service.browser();
    const { response } = (await signUp(browser, begun.ticket)).body;
    service.clock.advance(60_000 + 600_000);
    const url = `/v1/client/sign_ups/${response.id}?_method=PATCH`;
    expect((await browser.post(url, { password: rightPassword })).code).toBe('ticket_expired_code');
  });

  test('an invitation that somebody else used is told so', async () => {
    const { ticket, finish } = await begin();
    await signUp(service.browser(), ticket, { password: rightPassword });
    expect((await finish()).code).toBe('invitation_already_accepted');
  });
});

describe('an invitation to an organization', () => {
  test('signs up with its role, and what it carries belongs to the membership', async () => {
    const { id } = await createOrganization(bare);
    const { ticket } = await inviteMember(bare, id, {
      role: 'org:admin',
      public_metadata: { seat: 'A1' },
      private_metadata: { price: 30 },
    });
    const { body } = await signUp(bare.browser(), ticket);
    expect(body.response.status).toBe('complete');
    const [session] = body.client?.sessions ?? [];
    expect(session?.last_active_organization_id).toBe(id);
    expect(session?.user.organization_memberships).toMatchObject([
      { role: 'org:admin', organization: { id } },
    ]);
    expect(await membersOf(bare, id)).toMatchObject([
      { role: 'org:admin', public_metadata: { seat: 'A1' }, private_metadata: { price: 30 } },
    ]);
    expect((await userOf(bare, body.response.created_user_id)).public_metadata).toEqual({});
    expect((await signUp(bare.browser(), ticket)).code).toBe(
      'organization_invitation_already_accepted',
    );
  });

  test('signs somebody in who has an account, once when 64 browsers come', async () => {
    const { id } = await createOrganization(bare);
    const user = await createPerson(bare);
    const { ticket } = await inviteMember(bare, id, { email_address: addressOf(user) });
    const { location } = await bare.browser().get(`/v1/tickets/accept?ticket=${ticket}`);
    expect(new URL(location ?? '').searchParams.get('__clerk_status')).toBe('sign_in');
    expect((await signUp(bare.browser(), ticket)).code).toBe(
      'organization_invitation_identification_already_exists',
    );
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => redeem(bare.browser(), ticket)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const losers = new Set(answers.filter(({ status }) => status !== 200).map(({ code }) => code));
    expect([...losers]).toEqual(['organization_invitation_already_accepted']);
    expect(await membersOf(bare, id)).toHaveLength(1);
    const { body } = await bare.backend<unknown[]>('GET', `/v1/sessions?user_id=${user.id}`);
    expect(body).toHaveLength(1);
  });

  test('gives the same session again to the browser whose answer got lost', async () => {
    const { id } = await createOrganization(bare);
    const user = await createPerson(bare);
    const { ticket } = await inviteMember(bare, id, { email_address: addressOf(user) });
    const browser = bare.browser();
    await browser.get('/v1/client');
    const first = await browser.post<SignInJSON>(
      '/v1/client/sign_ins',
      { ticket },
      { isAnswerLost: true },
    );
    const second = await redeem(browser, ticket);
    expect(second.body.response.created_session_id).toBe(first.body.response.created_session_id);
  });

  test('signs nobody in once it was withdrawn, or expired, from its last moment on', async () => {
    const { id } = await createOrganization(bare);
    const user = await createPerson(bare);
    const fields = { email_address: addressOf(user), expires_in_days: 1 };
    const withdrawn = await inviteMember(bare, id, fields);
    await bare.backend('POST', `/v1/organizations/${id}/invitations/${withdrawn.id}/revoke`);
    const expired = await inviteMember(bare, id, fields);
    bare.clock.advance(86_400_000);
    const before = bare.dump();
    const codes = [
      (await redeem(bare.browser(), withdrawn.ticket)).code,
      (await redeem(bare.browser(), expired.ticket)).code,
    ];
    expect(codes).toEqual(['organization_invitation_revoked_code', 'ticket_expired_code']);
    expect(bare.dump()).toEqual(before);
  });

  test('that was accepted is not revoked any more', async () => {
    const { ticket, id } = await invite(bare);
    await signUp(bare.browser(), ticket);
    const revoked = await bare.backend('POST', `/v1/invitations/${id}/revoke`);
    expect([revoked.status, revoked.code]).toEqual([400, 'invitation_already_accepted']);
    expect((await bare.world.store.invitations.find(id))?.status).toBe('accepted');
  });

  test('does not sign in beside whoever is there, and stays good', async () => {
    const { id } = await createOrganization(bare);
    const user = await createPerson(bare);
    const invited = await inviteMember(bare, id, { email_address: addressOf(user) });
    const browser = bare.browser();
    const other = await createPerson(bare);
    await redeem(browser, (await issueTicket(bare, other.id)).token);
    expect((await redeem(browser, invited.ticket)).code).toBe('session_exists');
    expect((await bare.world.store.invitations.find(invited.id))?.status).toBe('pending');
  });

  test('waits for what else must be proved, and is accepted then', async () => {
    const other = await openService({
      settings: { hasOrganizations: true, isFirstFactorAskedBesideTickets: true },
    });
    const { id } = await createOrganization(other);
    const user = await createPerson(other, { password: rightPassword });
    const { ticket, id: invitationId } = await inviteMember(other, id, {
      email_address: addressOf(user),
    });
    const browser = other.browser();
    const started = await redeem(browser, ticket);
    expect(started.body.response.status).toBe('needs_first_factor');
    expect(await membersOf(other, id)).toEqual([]);
    const attempt = `/v1/client/sign_ins/${started.body.response.id}/attempt_first_factor`;
    const form = { strategy: 'password', password: rightPassword };
    const done = await browser.post<SignInJSON>(attempt, form);
    expect(done.body.response.status).toBe('complete');
    expect(await membersOf(other, id)).toHaveLength(1);
    // The ticket alone gives nothing again, not even to the browser that had the same cookie.
    expect((await redeem(browser, ticket)).code).toBe('organization_invitation_already_accepted');

    const second = await createPerson(other, { password: rightPassword });
    const revoked = await inviteMember(other, id, { email_address: addressOf(second) });
    const away = other.browser();
    const begun = await redeem(away, revoked.ticket);
    await other.backend('POST', `/v1/organizations/${id}/invitations/${revoked.id}/revoke`);
    const late = await away.post(
      `/v1/client/sign_ins/${begun.body.response.id}/attempt_first_factor`,
      form,
    );
    expect(late.code).toBe('organization_invitation_revoked_code');
    expect(await membersOf(other, id)).toHaveLength(1);
    expect(invitationId).not.toBe(revoked.id);
    await other.close();
  });

  test('does not sign in where there is no account', async () => {
    const { id } = await createOrganization(bare);
    const before = bare.dump()['sign_ins'];
    const member = await inviteMember(bare, id);
    expect((await redeem(bare.browser(), member.ticket)).code).toBe(
      'organization_invitation_identification_not_exist',
    );
    expect((await redeem(bare.browser(), (await invite(bare)).ticket)).code).toBe(
      'invitation_account_not_exists',
    );
    expect(bare.dump()['sign_ins']).toEqual(before);
  });

  test('says that the organization is gone, withdrawn or full', async () => {
    const gone = await createOrganization(bare);
    const first = await inviteMember(bare, gone.id);
    await bare.backend('DELETE', `/v1/organizations/${gone.id}`);
    expect((await signUp(bare.browser(), first.ticket)).code).toBe(
      'organization_invitation_to_deleted_organization',
    );

    const { id } = await createOrganization(bare, { max_allowed_memberships: 1 });
    const revoked = await inviteMember(bare, id);
    await bare.backend('POST', `/v1/organizations/${id}/invitations/${revoked.id}/revoke`);
    expect((await signUp(bare.browser(), revoked.ticket)).code).toBe(
      'organization_invitation_revoked_code',
    );

    await addMember(bare, id, await createPerson(bare));
    const tooMany = await inviteMember(bare, id);
    const before = bare.dump();
    const refused = await signUp(bare.browser(), tooMany.ticket);
    expect([refused.status, refused.code]).toEqual([403, 'organization_membership_quota_exceeded']);
    expect(bare.dump()).toEqual(before);
  });

  test('is complete for somebody who is a member already', async () => {
    const { id } = await createOrganization(bare);
    const user = await createPerson(bare);
    const { ticket } = await inviteMember(bare, id, { email_address: addressOf(user) });
    await addMember(bare, id, user);
    const { location } = await bare.browser().get(`/v1/tickets/accept?ticket=${ticket}`);
    expect(new URL(location ?? '').searchParams.get('__clerk_status')).toBe('complete');
    expect((await redeem(bare.browser(), ticket)).status).toBe(200);
    expect(await membersOf(bare, id)).toHaveLength(1);
  });

  test('does not let a banned or locked user in, and stays good', async () => {
    const { id } = await createOrganization(bare);
    const user = await createPerson(bare);
    const { ticket } = await inviteMember(bare, id, { email_address: addressOf(user) });
    await bare.backend('POST', `/v1/users/${user.id}/ban`);
    expect((await redeem(bare.browser(), ticket)).code).toBe('user_banned');
    await bare.backend('POST', `/v1/users/${user.id}/unban`);
    expect((await redeem(bare.browser(), ticket)).status).toBe(200);
  });
});
