import type { SignInJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CompanyProvider, openProvider } from '../../../../tooling/openid-provider.ts';
import type { Browser, PageAnswer } from '../browser.ts';
import { connect } from '../company.ts';
import { createPerson, issueTicket, redeem } from '../people.ts';
import { appOrigin, openService, type TestService } from '../service.ts';
import { hostileUrls } from '../../../../tooling/hostile-urls.ts';

const callbackUrl = 'http://localhost:4000/v1/oauth_callback';
const proxiedCallbackUrl = `${appOrigin}/__clerk/v1/oauth_callback`;
const back = `${appOrigin}/sign-in#/sso-callback`;
const home = `${appOrigin}/welcome`;
const destinations = ['redirect_url', 'action_complete_redirect_url'] as const;

/** All that lead away here too: a development instance takes any port of this machine, which a provider in a test needs. */
const hostile = hostileUrls().filter((address) => !isOfThisMachine(address));

let service: TestService;
let company: CompanyProvider;
let count = 0;

beforeAll(async () => {
  company = await openProvider([callbackUrl, proxiedCallbackUrl]);
  service = await openService({ settings: { allowedOrigins: ['https://app.example.com'] } });
  await connect(service, 'Example Works', company);
});
afterAll(async () => {
  await service.close();
  await company.close();
});

/** Somebody of the company, who is signed in at its provider. */
async function createWorker() {
  count += 1;
  const email = `worker${count}@works.example`;
  const user = await createPerson(service, { email_address: [email] });
  company.account = { sub: `subject ${count}`, email, email_verified: true };
  return { user, email };
}

type Answered = Promise<PageAnswer<SignInJSON>>;

/** The ways in which a visit begins, each as a call that differs in its destinations alone. */
const beginnings = {
  async 'with an address'() {
    const { email } = await createWorker();
    const browser = service.browser();
    const form = { strategy: 'enterprise_sso', identifier: email };
    return (fields: object): Answered =>
      browser.post('/v1/client/sign_ins', { ...form, ...fields });
  },
  async 'with a ticket'() {
    const { user } = await createWorker();
    const browser = service.browser();
    const { id } = (await redeem(browser, (await issueTicket(service, user.id)).token)).body
      .response;
    return (fields: object, headers: Readonly<Record<string, string>> = {}): Answered =>
      browser.post(
        `/v1/client/sign_ins/${id}/prepare_first_factor`,
        { strategy: 'enterprise_sso', ...fields },
        { headers },
      );
  },
};

function providerUrl({ body }: PageAnswer<SignInJSON>): URL {
  const verification = body.response.first_factor_verification;
  return new URL(verification?.external_verification_redirect_url ?? 'none:');
}

/** A browser whose person has come back to the callback; the path of what the provider answered. */
async function visited(): Promise<{ browser: Browser; answered: string }> {
  const { email } = await createWorker();
  const browser = service.browser();
  const begun = await browser.post<SignInJSON>('/v1/client/sign_ins', {
    strategy: 'enterprise_sso',
    identifier: email,
    redirect_url: back,
    action_complete_redirect_url: home,
  });
  const { pathname, search } = new URL(await company.visit(providerUrl(begun).href));
  return { browser, answered: pathname + search };
}

test('more than 300 addresses lead away', () => {
  expect(hostile.length).toBeGreaterThan(300);
});

describe.each(Object.entries(beginnings))('a visit that begins %s', (_how, begin) => {
  test.each(destinations)(
    'is refused with a hostile %s: nobody is sent to the provider, and nothing is written',
    async (field) => {
      const ask = await begin();
      const before = service.dump();
      const asked = company.paths.length;
      for (const address of hostile) {
        const refused = await ask({
          redirect_url: back,
          action_complete_redirect_url: home,
          [field]: address,
        });
        expect([address, refused.status, refused.code]).toEqual([
          address,
          422,
          expect.stringMatching(/^(redirect_url_mismatch|form_param_(missing|value_invalid))$/),
        ]);
        expect(refused.text).not.toContain('external_verification_redirect_url');
      }
      expect(company.paths).toHaveLength(asked);
      expect(service.dump()).toEqual(before);
      // The same call with places of our own, so that the refusals mean something.
      const taken = await ask({ redirect_url: back, action_complete_redirect_url: home });
      expect([taken.status, providerUrl(taken).origin]).toEqual([200, company.issuer]);
    },
  );
});

describe('the way back', () => {
  /** Names under which protocols and frameworks carry a place to go on to. */
  const names = [
    'redirect_url',
    'action_complete_redirect_url',
    'redirect_uri',
    'RelayState',
  ].concat(['target_link_uri', 'return_to', 'next', 'error_uri', '__willcall_answer']);

  const beside = (address: string) =>
    names.map((name) => `&${name}=${encodeURIComponent(address)}`).join('');

  test('leads to the place of the visit, whatever stands beside the answer', async () => {
    const some = hostile.filter((_address, at) => at % 16 === 0);
    expect(some.length).toBeGreaterThan(20);
    for (const address of some) {
      const { browser, answered } = await visited();
      const ended = await browser.get(answered + beside(address));
      expect([address, ended.status, ended.location]).toEqual([address, 303, home]);
    }
  });

  test('leads to the page that began, where the provider says no and names another place', async () => {
    for (const address of hostile.filter((_address, at) => at % 24 === 0)) {
      const { browser, answered } = await visited();
      const state = new URLSearchParams(answered.split('?')[1]).get('state') ?? '';
      const refusal = `/v1/oauth_callback?error=access_denied&state=${state}`;
      const ended = await browser.get(refusal + beside(address));
      expect([address, ended.status, ended.location]).toEqual([address, 303, back]);
    }
  });

  test('ends here where the answer says that another provider gave it (RFC 9207)', async () => {
    const { browser, answered } = await visited();
    const [path, query] = answered.split('?');
    const parameters = new URLSearchParams(query);
    parameters.set('iss', 'https://evil.example');
    const ended = await browser.get(`${path}?${parameters.toString()}`);
    expect([ended.status, ended.location]).toEqual([303, back]);
    const { sessions } = (await browser.get<{ sessions: unknown[] }>('/v1/client')).body.response;
    expect(sessions).toEqual([]);
  });

  test('leads nowhere for a visit that nobody began, and for one of another browser', async () => {
    for (const address of hostile) {
      const planted = await service
        .browser()
        .get(`/v1/oauth_callback?state=${encodeURIComponent(address)}&code=x${beside(address)}`);
      expect([address, planted.status, planted.location]).toEqual([address, 400, undefined]);
    }
    const { answered } = await visited();
    const stranger = await service.browser().get(answered + beside('https://evil.example/'));
    expect([stranger.status, stranger.location]).toEqual([400, undefined]);
  });
});

describe('the address that the provider sends people back to', () => {
  test.each<Record<string, string>>([
    { 'x-forwarded-host': 'evil.example' },
    { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    { forwarded: 'host=evil.example;proto=https' },
    { 'x-original-host': 'evil.example', 'x-forwarded-server': 'evil.example' },
    { referer: 'https://evil.example/sign-in' },
    { 'clerk-proxy-url': 'https://evil.example/__clerk' },
    { 'x-clerk-proxy-url': 'https://evil.example/__clerk' },
  ])('is built from configured addresses, not from %j', async (headers) => {
    const ask = await beginnings['with a ticket']();
    const begun = await ask({ redirect_url: back }, headers);
    expect(providerUrl(begun).searchParams.get('redirect_uri')).toBe(callbackUrl);
  });

  test('is below an app that passes us on only where its origin is allowed', async () => {
    const { email } = await createWorker();
    const form = { strategy: 'enterprise_sso', identifier: email, redirect_url: back };
    const path = '/__clerk/v1/client/sign_ins';
    const foreign = service.browser('https://evil.example');
    const refused = await foreign.post(path, form);
    expect([refused.status, refused.code]).toEqual([400, 'origin_invalid']);
    const begun = await service.browser().post<SignInJSON>(path, form);
    expect(providerUrl(begun).searchParams.get('redirect_uri')).toBe(proxiedCallbackUrl);
  });
});

function isOfThisMachine(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username } = new URL(address);
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return /^https?:$/.test(protocol) && isLoopback && username === '';
}
