import type { BackendUserJSON, SignInJSON } from '@willcall/contract';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type CompanyProvider, openProvider } from '../../../tooling/openid-provider.ts';
import type { Browser } from './browser.ts';
import { connect } from './company.ts';
import { compare, observe, type Observed, responseOf } from './observer.ts';
import { addressOf, createPerson, rightPassword } from './people.ts';
import { appOrigin, openService, type TestService } from './service.ts';

const signIns = '/v1/client/sign_ins';
const redirectUrl = `${appOrigin}/sign-in#/sso-callback`;

let service: TestService;
let company: CompanyProvider;
let count = 0;

beforeAll(async () => {
  company = await openProvider(['http://localhost:4000/v1/oauth_callback']);
});
afterAll(() => company?.close());

beforeEach(async () => {
  service = await openService({ settings: { isEnumerationProtected: true } });
  await connect(service, 'Example Works', company);
  return () => service.close();
});

async function createWorker(fields: object = {}): Promise<BackendUserJSON> {
  count += 1;
  return createPerson(service, { email_address: [`worker${count}@works.example`], ...fields });
}

/** Whoever is signed in at the provider. */
function arriveAs(address: string): void {
  company.account = { sub: `subject of ${address}`, email: address, email_verified: true };
}

/** Goes to the provider for an identifier and comes back; answers the sign-in as it then stands. */
async function goAndComeBack(identifier: string, browser = service.browser()) {
  const begun = await browser.post<SignInJSON>(signIns, { identifier });
  const url = `${signIns}/${begun.body.response.id}`;
  const form = { strategy: 'enterprise_sso', redirect_url: redirectUrl };
  const prepared = await browser.post<SignInJSON>(`${url}/prepare_first_factor`, form);
  const verification = prepared.body.response.first_factor_verification;
  const answered = await company.visit(verification?.external_verification_redirect_url ?? '');
  await browser.get(answered.replace(/^https?:\/\/[^/]+/, ''));
  return (await browser.get<SignInJSON>(url)).body.response;
}

const errorOf = (signIn: SignInJSON) => signIn.first_factor_verification?.error?.code;

async function walk(identifier: string): Promise<Observed[]> {
  const browser = service.browser();
  await browser.get('/v1/client');
  const call = (url: string, form: Record<string, string>) =>
    observe(service, identifier, () => browser.post(url, form));
  const begun = await call(signIns, { identifier });
  const url = `${signIns}/${responseOf<SignInJSON>(begun).id}`;
  return [
    begun,
    withoutProvider(
      await call(`${url}/prepare_first_factor`, {
        strategy: 'enterprise_sso',
        redirect_url: redirectUrl,
      }),
    ),
    await call(`${url}/attempt_first_factor`, { strategy: 'password', password: 'wrong' }),
    await call(`${url}/prepare_first_factor`, { strategy: 'email_code' }),
  ];
}

/** The provider's address holds the identifier, and secrets of the visit. */
function withoutProvider(seen: Observed): Observed {
  const address = /"external_verification_redirect_url":"[^"]*"/g;
  return { ...seen, text: seen.text.replaceAll(address, '"PROVIDER"') };
}

test('an address of a company goes to its provider, with an account and without', async () => {
  const known = await walk(addressOf(await createWorker({ password: rightPassword })));
  expect(responseOf<SignInJSON>(known[0])).toMatchObject({
    supported_first_factors: [{ strategy: 'enterprise_sso' }],
    user_data: null,
  });
  expect(known.map(({ answer }) => answer.code)).toEqual([
    undefined,
    undefined,
    'strategy_for_user_invalid',
    'strategy_for_user_invalid',
  ]);
  compare('unknown', await walk('nobody@works.example'), known);
  const banned = await createWorker();
  await service.backend('POST', `/v1/users/${banned.id}/ban`);
  compare('banned', await walk(addressOf(banned)), known);
});

test('whoever comes back as somebody else learns nothing', async () => {
  const [worker, banned] = [await createWorker(), await createWorker()];
  await service.backend('POST', `/v1/users/${banned.id}/ban`);
  arriveAs('another@works.example');
  for (const identifier of [addressOf(worker), addressOf(banned), 'nobody@works.example'])
    expect(errorOf(await goAndComeBack(identifier)), identifier).toBe(
      'enterprise_identity_mismatch',
    );
  expect(service.dump()['sessions']).toEqual([]);
});

test('whoever comes back as the holder is told, or signed in', async () => {
  arriveAs('nobody@works.example');
  expect(errorOf(await goAndComeBack('nobody@works.example'))).toBe('form_identifier_not_found');
  const banned = await createWorker({ totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP' });
  await service.backend('POST', `/v1/users/${banned.id}/ban`);
  arriveAs(addressOf(banned));
  expect(errorOf(await goAndComeBack(addressOf(banned)))).toBe('user_banned');
  const worker = await createWorker();
  arriveAs(addressOf(worker));
  expect((await goAndComeBack(addressOf(worker))).status).toBe('complete');
  expect(service.dump()['sessions']).toHaveLength(1);
});

test('a company speaks for whoever has a verified address of its own, primary or not', async () => {
  const [own, second] = ['private@elsewhere.example', 'guest@works.example'];
  const user = await createPerson(service, { email_address: [own, second] });
  expect(user.primary_email_address_id).toBe(user.email_addresses[0]?.id);
  arriveAs(second);
  expect((await goAndComeBack(second)).status).toBe('complete');
  expect(service.dump()['sessions']).toHaveLength(1);
});

test('another address of a company person proves nothing beside the provider', async () => {
  const other = 'private@example.com';
  const worker = await createWorker({ password: rightPassword });
  const both = await createWorker({
    email_address: [`second-${addressOf(worker)}`, other],
    password: rightPassword,
  });
  expect(both.email_addresses).toHaveLength(2);
  const see = async (identifier: string) => {
    const browser: Browser = service.browser();
    await browser.get('/v1/client');
    const call = (url: string, form: Record<string, string>) =>
      observe(service, identifier, () => browser.post(url, form));
    const begun = await call(signIns, { identifier, strategy: 'email_code' });
    const url = `${signIns}/${responseOf<SignInJSON>(begun).id}`;
    const form = { strategy: 'password', password: rightPassword };
    return [begun, await call(`${url}/attempt_first_factor`, form)];
  };
  const unknown = await see('nobody@example.com');
  for (const { id } of both.email_addresses) {
    await service.backend('PATCH', `/v1/users/${both.id}`, { primary_email_address_id: id });
    const known = await see(other);
    expect(known[1]?.answer.code).toBe('form_password_incorrect');
    compare('unknown', unknown, known);
  }
  expect(await service.world.store.mailbox.list()).toEqual([]);
});

test('a code that was sent before the person’s company signs in elsewhere opens nothing', async () => {
  const [own, other] = ['late@factory.example', 'late@example.com'];
  await createPerson(service, { email_address: [own, other] });
  const browser = service.browser();
  const begun = await browser.post<SignInJSON>(signIns, {
    identifier: other,
    strategy: 'email_code',
  });
  const code = await service.mailedCode();
  const [connection] = await service.world.store.enterpriseConnections.list({});
  await service.backend('PATCH', `/v1/enterprise_connections/${connection?.id}`, {
    domains: ['factory.example'],
  });
  const url = `${signIns}/${begun.body.response.id}/attempt_first_factor`;
  const late = await browser.post(url, { strategy: 'email_code', code });
  expect([late.status, late.code]).toEqual([400, 'sign_in_step_invalid']);
  expect(service.dump()['sessions']).toEqual([]);
});
