import type {
  BackendUserJSON,
  ClientJSON,
  EnterpriseConnectionJSON,
  SessionReverificationJSON,
  SignInJSON,
  SignInTokenDetailsJSON,
  SignUpJSON,
} from '@willcall/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CompanyProvider, openProvider } from '../../../tooling/openid-provider.ts';
import { passOnAnswer } from '../src/domain/enterprise/pass-on.ts';
import { draftUser } from '../src/domain/user/create.ts';
import { openLog } from '../src/http/log.ts';
import { codeOf, enrol } from './authenticator.ts';
import type { Browser, PageAnswer } from './browser.ts';
import { connect } from './company.ts';
import {
  addressOf,
  createPerson,
  issueTicket,
  redeem,
  rightPassword,
  signInPerson,
} from './people.ts';
import { appOrigin, openService, type TestService } from './service.ts';

const callbackUrl = 'http://localhost:4000/v1/oauth_callback';
const proxiedCallbackUrl = `${appOrigin}/__clerk/v1/oauth_callback`;
const redirectUrl = `${appOrigin}/sign-in#/sso-callback?from=here`;
const completeUrl = `${appOrigin}/welcome`;

let service: TestService;
let company: CompanyProvider;
let connection: EnterpriseConnectionJSON;
let count = 0;

beforeAll(async () => {
  company = await openProvider([callbackUrl, proxiedCallbackUrl]);
});
afterAll(() => company?.close());

beforeEach(async () => {
  service = await openService();
  connection = await connect(service, 'Example Works', company);
  return () => service.close();
});

/** Somebody of the company, who is signed in at its provider. */
async function createWorker(fields: object = {}): Promise<BackendUserJSON> {
  count += 1;
  const user = await createPerson(service, {
    email_address: [`worker${count}@works.example`],
    ...fields,
  });
  company.account = { sub: `subject ${count}`, email: addressOf(user), email_verified: true };
  return user;
}

function prepare(
  browser: Browser,
  signIn: SignInJSON,
  form: object = {},
): Promise<PageAnswer<SignInJSON>> {
  return browser.post<SignInJSON>(`/v1/client/sign_ins/${signIn.id}/prepare_first_factor`, {
    strategy: 'enterprise_sso',
    redirect_url: redirectUrl,
    action_complete_redirect_url: completeUrl,
    ...form,
  });
}

function providerUrl({ body }: PageAnswer<SignInJSON>): string {
  return (
    body.response.first_factor_verification?.external_verification_redirect_url ?? 'no address came'
  );
}

/** Redeems a ticket of the user and begins the visit; answers what the provider said at its end. */
async function beginByTicket(user: BackendUserJSON, browser = service.browser()) {
  const token = await issueTicket(service, user.id);
  const { body } = await redeem(browser, token.token);
  const prepared = await prepare(browser, body.response);
  return {
    browser,
    token,
    signIn: body.response,
    answered: await company.visit(providerUrl(prepared)),
  };
}

function come(browser: Browser, answered: string): Promise<PageAnswer<never>> {
  return browser.get(answered.replace(/^https?:\/\/[^/]+/, ''));
}

async function read(browser: Browser, { id }: SignInJSON): Promise<SignInJSON> {
  return (await browser.get<SignInJSON>(`/v1/client/sign_ins/${id}`)).body.response;
}

async function tokenStatus(id: string): Promise<string> {
  return (await service.backend<SignInTokenDetailsJSON>('GET', `/v1/sign_in_tokens/${id}`)).body
    .status;
}

async function sessionsOf(user: BackendUserJSON): Promise<readonly unknown[]> {
  return (await service.backend<unknown[]>('GET', `/v1/sessions?user_id=${user.id}`)).body;
}

/** The sign-in tells the failure, nobody is signed in, and the ticket is as good as before. */
async function expectFailure(
  { browser, signIn, token }: Awaited<ReturnType<typeof beginByTicket>>,
  answer: PageAnswer<never>,
  code: string,
) {
  expect([answer.status, answer.location]).toEqual([303, redirectUrl]);
  const now = await read(browser, signIn);
  expect(now.status).toBe('needs_first_factor');
  expect(now.first_factor_verification).toMatchObject({
    strategy: 'enterprise_sso',
    status: 'failed',
    error: { code },
  });
  expect(await tokenStatus(token.id)).toBe('pending');
}

describe('a ticket of somebody of a company', () => {
  test('is consumed when the person comes back from its provider', async () => {
    const user = await createWorker({ password: rightPassword });
    const token = await issueTicket(service, user.id);
    const browser = service.browser();
    const { body } = await redeem(browser, token.token);
    expect(body.response).toMatchObject({
      status: 'needs_first_factor',
      supported_first_factors: [
        {
          strategy: 'enterprise_sso',
          enterprise_connection_id: connection.id,
          enterprise_connection_name: 'Example Works',
        },
      ],
      first_factor_verification: null,
    });
    const prepared = await prepare(browser, body.response);
    expect(prepared.status).toBe(200);
    expect(prepared.body.response.first_factor_verification).toMatchObject({
      strategy: 'enterprise_sso',
      status: 'unverified',
    });
    const asked = new URL(providerUrl(prepared));
    expect(asked.origin).toBe(company.issuer);
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      redirect_uri: callbackUrl,
      code_challenge_method: 'S256',
      login_hint: addressOf(user),
    });
    const answered = await company.visit(asked.href);
    expect(await tokenStatus(token.id)).toBe('pending');
    const back = await come(browser, answered);
    expect([back.status, back.location]).toEqual([303, completeUrl]);
    expect(await tokenStatus(token.id)).toBe('accepted');
    const { sessions } = (await browser.get<ClientJSON>('/v1/client')).body.response;
    expect(sessions.map((session) => session.user.id)).toEqual([user.id]);
    const claims = await service.world.signingKeys.verify(
      sessions[0]?.last_active_token?.jwt ?? '',
    );
    expect(claims).toMatchObject({ sub: user.id });
    const { body: opened } = await service.backend<{ id: string }[]>(
      'GET',
      `/v1/sessions?user_id=${user.id}`,
    );
    expect(opened.map(({ id }) => id)).toEqual([sessions[0]?.id]);
    // The page that began it, and not the provider, is whom the session is for.
    expect(service.dump()['sessions']?.map((row) => row['origin'])).toEqual([appOrigin]);
    expect(await read(browser, body.response)).toMatchObject({ status: 'complete' });
  });

  test('leaves the choice where the domain belongs to two connections', async () => {
    const other = await openProvider([callbackUrl]);
    try {
      const second = await connect(service, 'Another Works', other);
      const user = await createWorker();
      other.account = { sub: 'elsewhere', email: addressOf(user) };
      const browser = service.browser();
      const { body } = await redeem(browser, (await issueTicket(service, user.id)).token);
      expect(
        body.response.supported_first_factors?.map((each) => each.enterprise_connection_name),
      ).toEqual(['Another Works', 'Example Works']);
      expect((await prepare(browser, body.response)).code).toBe('form_param_missing');
      const unknown = await prepare(browser, body.response, {
        enterprise_connection_id: 'ent_nobody',
      });
      expect(unknown.code).toBe('form_param_value_invalid');
      const prepared = await prepare(browser, body.response, {
        enterprise_connection_id: second.id,
      });
      const back = await come(browser, await other.visit(providerUrl(prepared)));
      expect(back.location).toBe(completeUrl);
      expect(await sessionsOf(user)).toHaveLength(1);
    } finally {
      await other.close();
    }
  });

  test.each([
    [`${appOrigin}/sign-in/sso-callback?seat=4&__clerk_ticket=`, '/sign-in/sso-callback?seat=4'],
    [`${appOrigin}/sign-in#/sso-callback?__clerk_ticket=`, '/sign-in#/sso-callback'],
  ])(
    'comes back to a refused page %s without the ticket, which no row holds',
    async (page, end) => {
      const user = await createWorker();
      const token = await issueTicket(service, user.id);
      const browser = service.browser();
      const { body } = await redeem(browser, token.token);
      const prepared = await prepare(browser, body.response, {
        redirect_url: `${page}${token.token}&__clerk_status=sign_in`,
      });
      expect(JSON.stringify(service.dump())).not.toContain(token.token);
      company.account = undefined;
      const back = await come(browser, await company.visit(providerUrl(prepared)));
      expect([back.status, back.location]).toEqual([303, `${appOrigin}${end}`]);
    },
  );

  test('that is revoked meanwhile signs nobody in, and the page can tell', async () => {
    const user = await createWorker();
    const begun = await beginByTicket(user);
    await service.backend('POST', `/v1/sign_in_tokens/${begun.token.id}/revoke`);
    const back = await come(begun.browser, begun.answered);
    expect(back.location).toBe(redirectUrl);
    const { first_factor_verification: proof } = await read(begun.browser, begun.signIn);
    expect(proof).toMatchObject({
      status: 'failed',
      error: { code: 'sign_in_token_revoked_code' },
    });
    expect(await sessionsOf(user)).toEqual([]);
  });

  test('that lets somebody act as the person asks for no provider', async () => {
    const user = await createWorker();
    const { body } = await service.backend<{ url: string }>('POST', '/v1/actor_tokens', {
      user_id: user.id,
      actor: { sub: 'support' },
    });
    const ticket =
      new URL(body.url).searchParams.get('__clerk_ticket') ??
      new URL(body.url).searchParams.get('ticket');
    const { body: answer } = await redeem(service.browser(), ticket ?? '');
    expect(answer.response.status).toBe('complete');
  });

  test('of a person whose address is not verified asks for no provider', async () => {
    const unproved = { isVerified: false, verificationStrategy: 'email_code' };
    const user = await draftUser(
      service.world,
      { emailAddresses: ['unproved@works.example'] },
      unproved,
    );
    await service.world.store.users.create(user);
    const { body } = await redeem(service.browser(), (await issueTicket(service, user.id)).token);
    expect(body.response.status).toBe('complete');
  });

  test('asks for no provider while the connection is not active', async () => {
    const user = await createWorker();
    await deactivate();
    const { body } = await redeem(service.browser(), (await issueTicket(service, user.id)).token);
    expect(body.response.status).toBe('complete');
  });
});

describe('somebody of a company who has another address', () => {
  const [own, other] = ['ada@works.example', 'ada@example.com'];

  /** The person is signed in, and has just made the other address the primary one. */
  async function createLeaver() {
    const user = await createWorker({ email_address: [own, other], password: rightPassword });
    company.account = { sub: 'ada', email: own, email_verified: true };
    const { browser, answered } = await beginByTicket(user);
    expect((await come(browser, answered)).location).toBe(completeUrl);
    const { id = '' } = user.email_addresses.find((each) => each.email_address === other) ?? {};
    const form = { primary_email_address_id: id };
    expect((await browser.post('/v1/me?_method=PATCH', form)).status).toBe(200);
    return { user, browser };
  }

  test.each([own, other])('signs in there with %s, whichever is primary', async (identifier) => {
    const { user } = await createLeaver();
    const browser = service.browser();
    const signIn = await beginAtProvider(browser, identifier);
    const prepared = await prepare(browser, signIn);
    // The provider learns its own address of the person, and no other.
    expect(new URL(providerUrl(prepared)).searchParams.get('login_hint')).toBe(own);
    const back = await come(browser, await company.visit(providerUrl(prepared)));
    expect(back.location).toBe(completeUrl);
    expect(await sessionsOf(user)).toHaveLength(2);
  });

  test('goes there with a ticket too, and proves nothing afresh beside it', async () => {
    const { user, browser: signedIn } = await createLeaver();
    const { body } = await redeem(service.browser(), (await issueTicket(service, user.id)).token);
    expect(body.response.status).toBe('needs_first_factor');
    const { sessions } = (await signedIn.get<ClientJSON>('/v1/client')).body.response;
    const begun = await signedIn.post<SessionReverificationJSON>(
      `/v1/client/sessions/${sessions[0]?.id}/verify`,
      { level: 'first_factor' },
    );
    expect(begun.body.response.supported_first_factors).toEqual([]);
  });

  test('belongs there by the last of many addresses', async () => {
    const others = Array.from({ length: 8 }, (_, at) => `ada@other${at}.example`);
    const user = await createWorker({ email_address: [...others, own] });
    const { body } = await redeem(service.browser(), (await issueTicket(service, user.id)).token);
    expect(body.response.status).toBe('needs_first_factor');
  });

  test('chooses between two companies, each of which is told its own address', async () => {
    const mill = await openProvider([callbackUrl]);
    try {
      const second = await connect(service, 'The Mill', mill);
      await service.backend('PATCH', `/v1/enterprise_connections/${second.id}`, {
        domains: ['mill.example'],
      });
      const user = await createWorker({ email_address: [own, 'ada@mill.example'] });
      const browser = service.browser();
      const { body } = await redeem(browser, (await issueTicket(service, user.id)).token);
      const names = body.response.supported_first_factors?.map(
        (each) => each.enterprise_connection_name,
      );
      expect(names).toEqual(['Example Works', 'The Mill']);
      const hints: (string | null)[] = [];
      for (const { id } of [connection, second]) {
        const form = { enterprise_connection_id: id };
        const prepared = await prepare(browser, body.response, form);
        hints.push(new URL(providerUrl(prepared)).searchParams.get('login_hint'));
      }
      expect(hints).toEqual([own, 'ada@mill.example']);
    } finally {
      await mill.close();
    }
  });
});

/** Begins a sign-in that offers the provider, and takes and sends nothing else. */
async function beginAtProvider(browser: Browser, identifier: string): Promise<SignInJSON> {
  const { body } = await browser.post<SignInJSON>('/v1/client/sign_ins', { identifier });
  expect(body.response.supported_first_factors?.map(({ strategy }) => strategy)).toEqual([
    'enterprise_sso',
  ]);
  const path = `/v1/client/sign_ins/${body.response.id}`;
  for (const [verb, form] of [
    ['attempt', { strategy: 'password', password: rightPassword }],
    ['prepare', { strategy: 'email_code' }],
    ['prepare', { strategy: 'reset_password_email_code' }],
  ] as const) {
    expect((await browser.post(`${path}/${verb}_first_factor`, form)).code).toBe(
      'strategy_for_user_invalid',
    );
  }
  return body.response;
}

async function deactivate(): Promise<void> {
  const path = `/v1/enterprise_connections/${connection.id}`;
  expect((await service.backend('PATCH', path, { active: false })).status).toBe(200);
}

describe('an identifier of somebody of a company', () => {
  test('leads to the provider, and nothing else is offered or taken', async () => {
    const user = await createWorker({ password: rightPassword });
    const browser = service.browser();
    const identifier = addressOf(user);
    const signIn = await beginAtProvider(browser, identifier);
    const path = `/v1/client/sign_ins/${signIn.id}`;
    const early = await browser.post(`${path}/attempt_first_factor`, {
      strategy: 'enterprise_sso',
      code: '1',
    });
    expect(early.code).toBe('verification_missing');
    const direct = await service
      .browser()
      .post('/v1/client/sign_ins', { identifier, password: rightPassword });
    expect(direct.code).toBe('strategy_for_user_invalid');
    const back = await come(
      browser,
      await company.visit(providerUrl(await prepare(browser, signIn))),
    );
    expect(back.location).toBe(completeUrl);
    const { body: client } = await browser.get<{ last_authentication_strategy: string }>(
      '/v1/client',
    );
    expect(client.response.last_authentication_strategy).toBe('enterprise_sso');
  });

  test('begins the visit at once with strategy=enterprise_sso', async () => {
    const user = await createWorker();
    const browser = service.browser();
    const form = {
      strategy: 'enterprise_sso',
      redirect_url: redirectUrl,
      action_complete_redirect_url: completeUrl,
    };
    const begun = await browser.post<SignInJSON>('/v1/client/sign_ins', {
      ...form,
      identifier: addressOf(user),
    });
    expect(begun.body.response.status).toBe('needs_first_factor');
    const back = await come(browser, await company.visit(providerUrl(begun)));
    expect(back.location).toBe(completeUrl);
    expect(await sessionsOf(user)).toHaveLength(1);
  });

  test.each([
    [
      'an identifier that nobody has',
      { identifier: 'nobody@works.example' },
      422,
      'form_identifier_not_found',
    ],
    ['no identifier', {}, 422, 'form_param_missing'],
    [
      'an identifier of no company',
      { identifier: 'free@example.com' },
      400,
      'strategy_for_user_invalid',
    ],
    [
      'no page to come back to',
      { identifier: 'kept@works.example', redirect_url: '' },
      422,
      'form_param_missing',
    ],
    [
      'a page of a foreign site to come back to',
      { identifier: 'kept@works.example', redirect_url: 'https://evil.example/' },
      422,
      'redirect_url_mismatch',
    ],
    [
      'a page of a foreign site to land on',
      { identifier: 'kept@works.example', action_complete_redirect_url: 'https://evil.example/' },
      422,
      'redirect_url_mismatch',
    ],
  ])('%s is refused and writes nothing', async (_name, form, status, code) => {
    await createPerson(service, { email_address: ['free@example.com'], password: rightPassword });
    await createPerson(service, { email_address: ['kept@works.example'] });
    const before = service.dump();
    const answer = await service.browser().post('/v1/client/sign_ins', {
      strategy: 'enterprise_sso',
      redirect_url: redirectUrl,
      ...form,
    });
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(service.dump()).toEqual(before);
  });

  test('is not signed up', async () => {
    const before = service.dump();
    const answer = await service.browser().post<SignUpJSON>('/v1/client/sign_ups', {
      email_address: 'New@Works.Example',
      password: rightPassword,
    });
    expect([answer.status, answer.code]).toEqual([422, 'enterprise_sso_required']);
    expect(service.dump()).toEqual(before);
  });
});

describe('a visit', () => {
  test('of another identity is refused, and so is one whose address is not trusted', async () => {
    const user = await createWorker();
    const accounts = [
      { sub: 'a stranger', email: 'stranger@works.example', email_verified: true },
      { sub: 'unproved', email: addressOf(user), email_verified: false },
      { sub: 'nameless' },
    ];
    for (const account of accounts) {
      company.account = account;
      const begun = await beginByTicket(user);
      await expectFailure(
        begun,
        await come(begun.browser, begun.answered),
        'enterprise_identity_mismatch',
      );
    }
    expect(service.dump()['enterprise_accounts']).toEqual([]);
    expect(await sessionsOf(user)).toEqual([]);
  });

  test('does not vouch for an address of another domain', async () => {
    const user = await createWorker({
      email_address: ['mixed@works.example', 'mixed@elsewhere.example'],
    });
    company.account = { sub: 'mixed', email: 'mixed@elsewhere.example', email_verified: true };
    const begun = await beginByTicket(user);
    await expectFailure(
      begun,
      await come(begun.browser, begun.answered),
      'enterprise_identity_mismatch',
    );
  });

  test('knows a person by the subject from the second time on', async () => {
    const user = await createWorker();
    const first = await beginByTicket(user);
    expect((await come(first.browser, first.answered)).location).toBe(completeUrl);
    company.account = { sub: company.account?.sub ?? '', email: 'renamed@works.example' };
    const renamed = await beginByTicket(user);
    expect((await come(renamed.browser, renamed.answered)).location).toBe(completeUrl);
    // The address was given to somebody else.
    company.account = { sub: 'a successor', email: addressOf(user), email_verified: true };
    const successor = await beginByTicket(user);
    await expectFailure(
      successor,
      await come(successor.browser, successor.answered),
      'enterprise_identity_mismatch',
    );
  });

  test('is told the address at the userinfo endpoint, where the token does not hold it', async () => {
    const silent = await openProvider([callbackUrl], { isEmailInToken: false });
    try {
      await service.backend('PATCH', `/v1/enterprise_connections/${connection.id}`, {
        oidc: { discovery_url: silent.discoveryUrl },
      });
      const user = await createWorker();
      silent.account = company.account;
      const browser = service.browser();
      const { body } = await redeem(browser, (await issueTicket(service, user.id)).token);
      const back = await come(
        browser,
        await silent.visit(providerUrl(await prepare(browser, body.response))),
      );
      expect(back.location).toBe(completeUrl);
      expect(silent.paths).toContain('/me');
    } finally {
      await silent.close();
    }
  });

  test('ends once: its address works no second time', async () => {
    const user = await createWorker();
    const { browser, answered } = await beginByTicket(user);
    await come(browser, answered);
    const again = await come(browser, answered);
    expect([again.status, again.location]).toEqual([400, undefined]);
    expect(again.text).toContain('start again');
    expect(await sessionsOf(user)).toHaveLength(1);
  });

  test('ends once when its answer comes eight times at once', async () => {
    const user = await createWorker();
    const { browser, answered } = await beginByTicket(user);
    const answers = await Promise.all(Array.from({ length: 8 }, () => come(browser, answered)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(7);
    expect(await sessionsOf(user)).toHaveLength(1);
  });

  test('cannot be finished in another browser', async () => {
    const user = await createWorker();
    for (const other of [service.browser(), (await beginByTicket(user)).browser]) {
      const { answered, token } = await beginByTicket(user);
      const planted = await come(other, answered);
      expect([planted.status, planted.setCookies]).toEqual([400, []]);
      expect(await tokenStatus(token.id)).toBe('pending');
    }
    expect(await sessionsOf(user)).toEqual([]);
  });

  test('of another tab leads to its page once the first tab has signed the person in', async () => {
    const user = await createWorker();
    const first = await beginByTicket(user);
    const second = await beginByTicket(user, first.browser);
    expect((await come(first.browser, first.answered)).location).toBe(completeUrl);
    const late = await come(first.browser, second.answered);
    expect([late.status, late.location, late.setCookies]).toEqual([303, completeUrl, []]);
    expect(await sessionsOf(user)).toHaveLength(1);
    expect(await tokenStatus(second.token.id)).toBe('pending');
  });

  test('is nothing to a browser in which somebody else is signed in', async () => {
    const user = await createWorker();
    const other = await beginByTicket(await createWorker());
    await come(other.browser, other.answered);
    const { answered, token } = await beginByTicket(user);
    const planted = await come(other.browser, answered);
    expect([planted.status, planted.setCookies]).toEqual([400, []]);
    expect(await tokenStatus(token.id)).toBe('pending');
    expect(await sessionsOf(user)).toEqual([]);
  });

  test('is not answered by another provider (mix-up, RFC 9207)', async () => {
    const user = await createWorker();
    const other = await openProvider([callbackUrl]);
    other.account = company.account;
    const askedForTokens = () =>
      [...company.paths, ...other.paths].filter((path) => path === '/token').length;
    try {
      for (const isNamed of [true, false]) {
        const begun = await beginByTicket(user);
        const prepared = providerUrl(await prepare(begun.browser, begun.signIn));
        const mixed = new URL(await other.visit(prepared.replace(company.issuer, other.issuer)));
        expect(mixed.searchParams.get('state')).toBe(new URL(prepared).searchParams.get('state'));
        expect(mixed.searchParams.get('iss')).toBe(other.issuer);
        if (!isNamed) mixed.searchParams.delete('iss');
        const asked = askedForTokens();
        await expectFailure(begun, await come(begun.browser, mixed.href), 'enterprise_sso_failed');
        expect(askedForTokens()).toBe(asked);
      }
    } finally {
      await other.close();
    }
  });

  test('does not take a code of another visit', async () => {
    const user = await createWorker();
    const stolen = await beginByTicket(user);
    const begun = await beginByTicket(user);
    const mixed = new URL(begun.answered);
    mixed.searchParams.set('code', new URL(stolen.answered).searchParams.get('code') ?? '');
    await expectFailure(begun, await come(begun.browser, mixed.href), 'enterprise_sso_failed');
  });

  test('writes what went wrong into the log, and nothing that could be used', async () => {
    const lines: string[] = [];
    const logger = openLog('trace', { write: (line: string) => void lines.push(line) });
    await service.close();
    service = await openService({ logger });
    await connect(service, 'Example Works', company);
    const begun = await beginByTicket(await createWorker());
    const { searchParams } = new URL(begun.answered);
    const code = searchParams.get('code') ?? '';
    const wrong = begun.answered.replace(code, `${code}x`);
    await expectFailure(begun, await come(begun.browser, wrong), 'enterprise_sso_failed');
    const log = lines.join('');
    expect(log).toContain('"code":"enterprise_sso_failed"');
    expect(log).toContain('invalid_grant');
    for (const secret of [
      code,
      searchParams.get('state') ?? '',
      begun.token.token,
      company.clientSecret,
    ]) {
      expect(log).not.toContain(secret);
    }
  });

  test('that the person cancels can be begun again', async () => {
    const user = await createWorker();
    const { account } = company;
    company.account = undefined;
    const begun = await beginByTicket(user);
    expect(new URL(begun.answered).searchParams.get('error')).toBe('access_denied');
    await expectFailure(begun, await come(begun.browser, begun.answered), 'oauth_access_denied');
    company.account = account;
    const prepared = await prepare(begun.browser, begun.signIn);
    expect(prepared.body.response.first_factor_verification).not.toHaveProperty('error');
    const back = await come(begun.browser, await company.visit(providerUrl(prepared)));
    expect(back.location).toBe(completeUrl);
  });

  test('is void once another is begun', async () => {
    const user = await createWorker();
    const { browser, signIn, answered } = await beginByTicket(user);
    const prepared = await prepare(browser, signIn);
    expect((await come(browser, answered)).status).toBe(400);
    const back = await come(browser, await company.visit(providerUrl(prepared)));
    expect(back.location).toBe(completeUrl);
  });

  test('lasts ten minutes', async () => {
    const user = await createWorker();
    const begun = await beginByTicket(user);
    service.clock.advance(600_000);
    await expectFailure(begun, await come(begun.browser, begun.answered), 'verification_expired');
  });

  test('whose provider has gone fails, and none can be begun', async () => {
    const brief = await openProvider([callbackUrl]);
    await service.backend('PATCH', `/v1/enterprise_connections/${connection.id}`, {
      oidc: { discovery_url: brief.discoveryUrl },
    });
    const user = await createWorker();
    brief.account = company.account;
    const browser = service.browser();
    const token = await issueTicket(service, user.id);
    const { body } = await redeem(browser, token.token);
    const answered = await brief.visit(providerUrl(await prepare(browser, body.response)));
    await brief.close();
    const begun = { browser, token, signIn: body.response, answered };
    await expectFailure(begun, await come(browser, answered), 'enterprise_sso_unavailable');
    service.clock.advance(600_000);
    const before = service.dump();
    const refused = await prepare(browser, body.response);
    expect([refused.status, refused.code]).toEqual([503, 'enterprise_sso_unavailable']);
    expect(service.dump()).toEqual(before);
  });

  test('proves the first factor alone: whoever has a second one is asked for it', async () => {
    const user = await createPerson(service, { email_address: ['careful@example.com'] });
    const { browser: settled } = await signInPerson(service, { user });
    const { secret } = await enrol(settled, service.clock);
    await service.backend('PATCH', `/v1/enterprise_connections/${connection.id}`, {
      domains: ['example.com'],
    });
    company.account = { sub: 'careful', email: 'careful@example.com' };
    const { browser, signIn, token, answered } = await beginByTicket(user);
    const back = await come(browser, answered);
    expect([back.status, back.location]).toEqual([303, redirectUrl]);
    expect(await read(browser, signIn)).toMatchObject({
      status: 'needs_second_factor',
      first_factor_verification: { strategy: 'enterprise_sso', status: 'verified' },
    });
    expect(await tokenStatus(token.id)).toBe('pending');
    service.clock.advance(30_000);
    const form = { strategy: 'totp', code: codeOf(secret, service.clock) };
    const { body } = await browser.post<SignInJSON>(
      `/v1/client/sign_ins/${signIn.id}/attempt_second_factor`,
      form,
    );
    expect(body.response.status).toBe('complete');
    expect(await tokenStatus(token.id)).toBe('accepted');
  });

  test('comes back below the path of a proxy, when it began there', async () => {
    const user = await createWorker();
    const browser = service.browser();
    const { body } = await redeem(browser, (await issueTicket(service, user.id)).token);
    const prepared = await browser.post<SignInJSON>(
      `/__clerk/v1/client/sign_ins/${body.response.id}/prepare_first_factor`,
      { strategy: 'enterprise_sso', redirect_url: redirectUrl },
    );
    const answered = await company.visit(providerUrl(prepared));
    expect(answered.split('?')[0]).toBe(proxiedCallbackUrl);
    // Without a page to land on, the page that began it goes on.
    expect((await come(browser, answered)).location).toBe(redirectUrl);
    expect(await sessionsOf(user)).toHaveLength(1);
  });

  test('of a page on another site is ended by that page, and by no other browser', async () => {
    const user = await createWorker();
    const other = 'http://127.0.0.1:5173';
    const callback = `${other}/sign-in?from=mail#/sso-callback`;
    async function openPage() {
      const made = await service.browser(other).post<never>('/v1/dev_browser');
      const devBrowser = (made.body as unknown as { id: string }).id;
      // A browser of its own for each call: no cookie of another site reaches the server.
      return <Body>(path: string, form: Record<string, string>) =>
        service.browser(other).post<Body>(`${path}?__clerk_db_jwt=${devBrowser}`, form);
    }
    const [page, stranger] = [await openPage(), await openPage()];
    const { id, token } = await issueTicket(service, user.id);
    const begun = await page<SignInJSON>('/v1/client/sign_ins', {
      strategy: 'ticket',
      ticket: token,
    });
    const prepared = await page<SignInJSON>(
      `/v1/client/sign_ins/${begun.body.response.id}/prepare_first_factor`,
      { strategy: 'enterprise_sso', redirect_url: callback },
    );
    const answered = new URL(await company.visit(providerUrl(prepared)));
    const given = { state: answered.searchParams.get('state') ?? '', query: answered.search };
    const { world } = service;
    const production = { ...world, instance: { ...world.instance, type: 'production' as const } };
    expect(await passOnAnswer(production, { client: undefined }, given)).toBeUndefined();
    const back = await come(service.browser(), answered.href);
    expect([back.status, back.setCookies]).toEqual([303, []]);
    const landed = new URL(back.location ?? '');
    const query = landed.searchParams.get('__willcall_answer') ?? '';
    expect(query).toBe(answered.search);
    landed.searchParams.delete('__willcall_answer');
    expect(landed.href).toBe(callback);
    expect(await sessionsOf(user)).toEqual([]);

    const handIn = '/v1/client/oauth_callback';
    const done = await page<null>(handIn, { query });
    expect(done.status).toBe(200);
    expect(done.body.client?.sessions.map(({ user: { id: userId } }) => userId)).toEqual([user.id]);
    expect(await tokenStatus(id)).toBe('accepted');
    const again = await page(handIn, { query });
    expect([again.status, again.code]).toEqual([404, 'resource_not_found']);

    const planted = await company.visit(providerUrl(await beginAgain()));
    const refused = await stranger(handIn, { query: new URL(planted).search });
    expect([refused.status, refused.code]).toEqual([404, 'resource_not_found']);
    expect(await sessionsOf(user)).toHaveLength(1);

    /** The same person in another browser of that site. */
    async function beginAgain() {
      const third = await openPage();
      const next = await third<SignInJSON>('/v1/client/sign_ins', {
        strategy: 'ticket',
        ticket: (await issueTicket(service, user.id)).token,
      });
      return third<SignInJSON>(
        `/v1/client/sign_ins/${next.body.response.id}/prepare_first_factor`,
        { strategy: 'enterprise_sso', redirect_url: callback },
      );
    }
  });

  test.each([
    ['nothing', ''],
    ['a state that was never given', '?state=nobody&code=1'],
    ['two states', '?state=a&state=b'],
    ['an error alone', '?error=server_error'],
  ])('is not ended by an answer with %s', async (_what, query) => {
    const before = service.dump();
    const { status, text } = await service.browser().get(`/v1/oauth_callback${query}`);
    expect([status, text.includes('start again')]).toEqual([400, true]);
    expect(service.dump()).toEqual(before);
  });

  test('is not spent by a look at its headers', async () => {
    const user = await createWorker();
    const { browser, answered } = await beginByTicket(user);
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const url = answered.replace(/^https?:\/\/[^/]+/, '');
    const head = await service.app.inject({
      method: 'HEAD',
      url,
      headers: { host: service.host, cookie },
    });
    expect(head.statusCode).toBe(404);
    expect((await come(browser, answered)).location).toBe(completeUrl);
  });
});
