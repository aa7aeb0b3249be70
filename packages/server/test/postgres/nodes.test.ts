import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ClientJSON, SessionJSON, SignInJSON } from '@willcall/contract';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openProvider } from '../../../../tooling/openid-provider.ts';
import { createSecretKey, revokeSecretKey } from '../../src/domain/key/secret-key.ts';
import { rotateKeys } from '../../src/world/open-world.ts';
import { codeOf } from '../authenticator.ts';
import { openBrowser } from '../browser.ts';
import { connect } from '../company.ts';
import { openLink, press } from '../links/asked.ts';
import { addressOf, createPerson, issueTicket, redeem, signInPerson } from '../people.ts';
import { appOrigin, openService, type TestService } from '../service.ts';

let folder: string;
let nodes: TestService[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'willcall-nodes-'));
  // At once, on a database without an instance: they must find themselves on the same one.
  nodes = await Promise.all([openService({ folder }), openService({ folder })]);
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  await rm(folder, { recursive: true, force: true });
});

function pair(): [TestService, TestService] {
  const [one, other] = nodes;
  if (!one || !other) throw new Error('the nodes did not start');
  return [one, other];
}

/** All of them behind a proxy that sends each request to the next one. */
function spread(all: readonly TestService[]): TestService {
  const [first] = pair();
  let turn = 0;
  const next = () => {
    turn += 1;
    return all[turn % all.length] ?? first;
  };
  const inject = ((...args: Parameters<FastifyInstance['inject']>) =>
    next().app.inject(...args)) as FastifyInstance['inject'];
  return {
    ...first,
    backend: (...args) => next().backend(...args),
    browser: (origin = appOrigin) => openBrowser({ inject }, first.host, origin),
  };
}

/** What may be a second old is older now. */
function pass(): void {
  for (const { clock } of nodes) clock.advance(1000);
}

describe('two nodes on one database', () => {
  test('are one instance with one signing key', async () => {
    const [one, other] = pair();
    expect(other.world.instance.id).toBe(one.world.instance.id);
    const keys = await Promise.all(nodes.map(({ world }) => world.signingKeys.publicKeys()));
    expect(keys[0]).toHaveLength(1);
    expect(keys[1]).toEqual(keys[0]);
  });

  test('take a ticket that the other one issued, and only once', async () => {
    const [one, other] = pair();
    const { id } = await createPerson(one);
    const { token } = await issueTicket(one, id);
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, at) => redeem((at % 2 ? one : other).browser(), token)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ code }) => code))).toEqual(
      new Set(['sign_in_token_already_used_code']),
    );
    const { body } = await other.backend<SessionJSON[]>('GET', `/v1/sessions?user_id=${id}`);
    expect(body).toHaveLength(1);
  });

  test('agree at once on a session that ended: it gets no token any more', async () => {
    const [one, other] = pair();
    for (const end of [
      (id: string) => one.backend('POST', `/v1/sessions/${id}/revoke`),
      (_id: string, userId: string) => one.backend('POST', `/v1/users/${userId}/ban`),
    ]) {
      const { user, sessionId, browser } = await signInPerson(spread(nodes));
      const refresh = () => browser.post(`/v1/client/sessions/${sessionId}/tokens`);
      expect([(await refresh()).status, (await refresh()).status]).toEqual([200, 200]);
      await end(sessionId, user.id);
      expect([(await refresh()).status, (await refresh()).status]).toEqual([401, 401]);
      const { body } = await other.backend<SessionJSON>('GET', `/v1/sessions/${sessionId}`);
      expect(body.status).not.toBe('active');
    }
  });

  test.each([
    [
      'of a revoked token',
      'sign_in_token_revoked_code',
      (id: string) => `sign_in_tokens/${id}/revoke`,
    ],
    ['of a banned user', 'user_banned', (_: string, user: string) => `users/${user}/ban`],
    ['of a locked user', 'user_locked', (_: string, user: string) => `users/${user}/lock`],
  ])('agree at once on a ticket %s: %s', async (_whose, code, placeOf) => {
    const [one, other] = pair();
    const user = await createPerson(one);
    const { id, token } = await issueTicket(one, user.id);
    expect((await one.backend('POST', `/v1/${placeOf(id, user.id)}`)).status).toBe(200);
    expect((await redeem(other.browser(), token)).code).toBe(code);
  });

  test('agree within a second on where people may be sent', async () => {
    const [one, other] = pair();
    const { id: userId } = await createPerson(one);
    const issue = async () => {
      const body = { user_id: userId, redirect_url: 'https://new.example.com/inbox' };
      return (await other.backend('POST', '/v1/sign_in_tokens', body)).status;
    };
    const allow = async (allowed_origins: readonly string[]) => {
      await one.backend('PATCH', '/v1/instance', { allowed_origins });
      pass();
    };
    expect(await issue()).toBe(422);
    await allow(['https://new.example.com']);
    expect(await issue()).toBe(200);
    await allow([]);
    expect(await issue()).toBe(422);
    const url = 'myapp://signed-in';
    const { body } = await one.backend('POST', '/v1/redirect_urls', { url });
    expect((await other.backend('GET', '/v1/redirect_urls')).body).toEqual([body]);
  });

  test('agree within a second on a secret key that was revoked', async () => {
    const [one, other] = pair();
    const { key, secret } = await createSecretKey(one.world, 'soon revoked');
    const authorization = `Bearer ${secret.reveal()}`;
    const ask = async (node: TestService) =>
      (await node.backend('GET', '/v1/users', undefined, { authorization })).status;
    expect([await ask(one), await ask(other)]).toEqual([200, 200]);
    await revokeSecretKey(other.world, key.id);
    expect(await ask(other)).toBe(401);
    pass();
    expect(await ask(one)).toBe(401);
  });

  test('agree within a second on settings', async () => {
    const [one, other] = pair();
    const given = { ...one.world.instance.settings, allowedOrigins: ['https://new.example.com'] };
    await one.world.instance.save(given);
    pass();
    await other.world.instance.refresh();
    expect(other.world.instance.settings).toEqual(given);
  });

  test('lose nothing of what each changes of the settings at the same time', async () => {
    const [one, other] = pair();
    const patch = (node: TestService, body: object) => node.backend('PATCH', '/v1/instance', body);
    await patch(one, { support_email: 'help@example.com' });
    await patch(other, { new_link_url: 'https://app.example.com/link' });
    await Promise.all([patch(one, { test_mode: false }), patch(other, { test_mode: true })]);
    pass();
    await one.world.instance.refresh();
    expect(one.world.instance.settings).toMatchObject({
      supportEmail: 'help@example.com',
      newLinkUrl: 'https://app.example.com/link',
    });
  });

  test('keep what one changed of the settings when another starts with the same file', async () => {
    const [one] = pair();
    const third = await openService({ folder });
    onTestFinished(() => third.close());
    await one.backend('PATCH', '/v1/instance', { support_email: 'patched@example.com' });
    const fourth = await openService({ folder });
    onTestFinished(() => fourth.close());
    pass();
    await one.world.instance.refresh();
    for (const { world } of [one, fourth])
      expect(world.instance.settings.supportEmail).toBe('patched@example.com');
  });

  test('take a token at once that another one signed with a new key', async () => {
    const [one, other] = pair();
    await other.world.signingKeys.publicKeys();
    await rotateKeys(one.world.store, 'a secret of the tests that opens nothing else');
    one.clock.advance(1000);
    const fresh = await one.world.signingKeys.sign({}, { who: 'fresh' });
    expect(await other.world.signingKeys.verify(fresh)).toEqual({ who: 'fresh' });
    pass();
  });

  test('agree within a second on a new signing key, and on tokens of the old one', async () => {
    const [one, other] = pair();
    const old = await other.world.signingKeys.sign({}, { who: 'old' });
    const kid = await rotateKeys(one.world.store, 'a secret of the tests that opens nothing else');
    pass();
    const fresh = await other.world.signingKeys.sign({}, { who: 'fresh' });
    expect((await one.world.signingKeys.publicKeys())[0]?.kid).toBe(kid);
    expect(await one.world.signingKeys.verify(fresh)).toEqual({ who: 'fresh' });
    expect(await one.world.signingKeys.verify(old)).toEqual({ who: 'old' });
  });
});

describe('a sign-in whose every request goes to another node', () => {
  const all = () => spread(nodes);

  test('proves a second factor', async () => {
    const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    const password = 'a row of eleven seats';
    const user = await createPerson(all(), { totp_secret: secret, password });
    const browser = all().browser();
    const identifier = addressOf(user);
    const begun = await browser.post<SignInJSON>('/v1/client/sign_ins', { identifier });
    const at = `/v1/client/sign_ins/${begun.body.response.id}`;
    await browser.post(`${at}/attempt_first_factor`, { strategy: 'password', password });
    const code = codeOf(secret, all().clock);
    const done = await browser.post<SignInJSON>(`${at}/attempt_second_factor`, {
      ...{ strategy: 'totp', code },
    });
    expect(done.body.response.status).toBe('complete');
    const { sessions } = (await browser.get<ClientJSON>('/v1/client')).body.response;
    expect(sessions.map(({ status }) => status)).toEqual(['active']);
  });

  test('is confirmed on the hosted page', async () => {
    const { url } = await issueTicket(all(), (await createPerson(all())).id, {
      ...{ confirmation: 'always', redirect_url: `${appOrigin}/inbox` },
    });
    const visitor = all().browser(all().world.instance.publicUrl);
    const answer = await press(visitor, await openLink(visitor, new URL(url)), 'continue');
    expect([answer.status, answer.location]).toEqual([303, `${appOrigin}/inbox`]);
    const { sessions } = (await visitor.get<ClientJSON>('/v1/client')).body.response;
    expect(sessions.map(({ status }) => status)).toEqual(['active']);
  });

  test('is handed to an app that a server draws', async () => {
    const { browser } = await signInPerson(all());
    const to = `/v1/client/handshake?redirect_url=${encodeURIComponent(appOrigin)}&format=nonce`;
    const { location } = await browser.get(to);
    const nonce = new URL(location ?? '').searchParams.get('__clerk_handshake_nonce') ?? '';
    const payload = `/v1/clients/handshake_payload?nonce=${nonce}`;
    const { body } = await all().backend<{ directives: string[] }>('GET', payload);
    expect(body.directives.join()).toContain('__session');
    expect((await all().backend('GET', payload)).code).toBe('invalid_handshake');
  });

  test('goes to the provider of a company, and to another one once the connection was changed', async () => {
    const callbackUrl = `${all().world.instance.publicUrl}/v1/oauth_callback`;
    const companies = await Promise.all([openProvider([callbackUrl]), openProvider([callbackUrl])]);
    onTestFinished(async () => {
      await Promise.all(companies.map((each) => each.close()));
    });
    const connection = await connect(all(), 'Example Works', companies[0]);
    for (const [at, company] of companies.entries()) {
      const { clientId, clientSecret, discoveryUrl } = company;
      await all().backend('PATCH', `/v1/enterprise_connections/${connection.id}`, {
        oidc: { client_id: clientId, client_secret: clientSecret, discovery_url: discoveryUrl },
      });
      const user = await createPerson(all(), { email_address: [`worker${at}@works.example`] });
      company.account = { sub: `subject ${at}`, email: addressOf(user), email_verified: true };
      const browser = all().browser();
      const begun = await browser.post<SignInJSON>('/v1/client/sign_ins', {
        identifier: addressOf(user),
      });
      const prepared = await browser.post<SignInJSON>(
        `/v1/client/sign_ins/${begun.body.response.id}/prepare_first_factor`,
        {
          strategy: 'enterprise_sso',
          redirect_url: `${appOrigin}/sso-callback`,
          action_complete_redirect_url: `${appOrigin}/welcome`,
        },
      );
      const visit = prepared.body.response.first_factor_verification;
      const there = visit?.external_verification_redirect_url ?? 'no address came';
      expect(there).toContain(new URL(discoveryUrl).origin);
      const answered = new URL(await company.visit(there));
      await browser.get(answered.pathname + answered.search);
      const { sessions } = (await browser.get<ClientJSON>('/v1/client')).body.response;
      expect(sessions.map(({ status }) => status)).toEqual(['active']);
    }
  });
});
