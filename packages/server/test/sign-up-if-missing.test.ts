import type { SignInJSON, SignUpJSON } from '@willcall/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from './browser.ts';
import { compare, observe } from './observer.ts';
import { addressOf, createPerson, rightPassword } from './people.ts';
import { openService, type TestService } from './service.ts';

const signIns = '/v1/client/sign_ins';
const signUps = '/v1/client/sign_ups';
const strategy = 'email_code';

let service: TestService;
let count = 0;

function openWith(settings: object): void {
  beforeAll(async () => {
    const strategies = { password: false, emailCode: true };
    service = await openService({ settings: { strategies, ...settings } });
    return () => service.close();
  });
}

function newAddress(): string {
  count += 1;
  return `nobody-yet${count}@example.com`;
}

/** Begins a sign-in that turns into a sign-up, and sends a code; answers where it goes on. */
async function begin(browser: Browser, identifier: string): Promise<string> {
  const form = { identifier, sign_up_if_missing: 'true' };
  const { body } = await browser.post<SignInJSON>(signIns, form);
  const url = `${signIns}/${body.response.id}`;
  service.clock.advance(1000);
  await browser.post(`${url}/prepare_first_factor`, { strategy });
  return url;
}

/** Proves an address that nobody has. */
async function proveMissing(browser: Browser, address = newAddress()) {
  const url = await begin(browser, address);
  const code = await service.mailedCode();
  const attempt = () => browser.post<SignInJSON>(`${url}/attempt_first_factor`, { strategy, code });
  return { address, url, attempt, proved: await attempt() };
}

const transfer = (browser: Browser, form: Record<string, string> = {}) =>
  browser.post<SignUpJSON>(signUps, { transfer: 'true', ...form });

describe.each([true, false])('with the protection against enumeration %s', (isProtected) => {
  openWith({ isEnumerationProtected: isProtected });

  test('whoever proves a missing address goes on to an account with it', async () => {
    const browser = service.browser();
    const { address, proved } = await proveMissing(browser);
    expect([proved.status, proved.code]).toEqual([422, 'sign_up_if_missing_transfer']);
    const meta = (proved.body as unknown as { meta: { client: { sign_in: SignInJSON } } }).meta;
    expect(meta.client.sign_in.first_factor_verification).toMatchObject({
      status: 'transferable',
      strategy,
    });
    expect(service.dump()['users']).toEqual([]);
    const made = await transfer(browser);
    expect(made.body.response).toMatchObject({ status: 'complete', email_address: address });
    expect(made.body.client?.sessions).toHaveLength(1);
    await service.backend('DELETE', `/v1/users/${made.body.response.created_user_id}`);
  });

  test('whoever has an account signs in as ever', async () => {
    const user = await createPerson(service);
    const browser = service.browser();
    const { proved } = await proveMissing(browser, addressOf(user));
    expect(proved.body.response.status).toBe('complete');
    const [mail] = await service.world.store.mailbox.list();
    expect(mail?.text).toContain('Your code to sign in');
    expect((await transfer(service.browser())).code).toBe('account_transfer_invalid');
  });

  test('nothing goes on without the right code, later, or in another browser', async () => {
    const browser = service.browser();
    const url = await begin(browser, newAddress());
    const wrong = { strategy, code: 'not it' };
    expect((await browser.post(`${url}/attempt_first_factor`, wrong)).code).toBe(
      'form_code_incorrect',
    );
    const before = service.dump();
    const refused = await transfer(browser);
    expect([refused.status, refused.code]).toEqual([400, 'account_transfer_invalid']);
    expect(service.dump()).toEqual(before);

    const late = service.browser();
    await proveMissing(late);
    expect((await transfer(service.browser())).code).toBe('account_transfer_invalid');
    service.clock.advance(600_000);
    expect((await transfer(late)).code).toBe('account_transfer_invalid');
  });

  test('the proof is the same when its answer got lost, and ends with another code', async () => {
    const browser = service.browser();
    const { attempt, url } = await proveMissing(browser);
    expect((await attempt()).code).toBe('sign_up_if_missing_transfer');
    await browser.post(`${url}/prepare_first_factor`, { strategy });
    expect((await transfer(browser)).code).toBe('account_transfer_invalid');
  });

  test('an address that is taken meanwhile is told to whoever proved it', async () => {
    const browser = service.browser();
    const { address } = await proveMissing(browser);
    await createPerson(service, { email_address: [address] });
    const taken = await transfer(browser);
    expect([taken.status, taken.code]).toEqual([422, 'form_identifier_exists']);
  });

  test('an address that is changed afterwards is proved anew', async () => {
    const { settings } = service.world.instance;
    const strategies = { password: true, emailCode: true };
    await service.world.instance.save({ ...settings, strategies });
    const browser = service.browser();
    await proveMissing(browser);
    const { body } = await transfer(browser);
    expect(body.response).toMatchObject({
      status: 'missing_requirements',
      missing_fields: ['password'],
      unverified_fields: [],
    });
    // One proof is for one sign-up.
    expect((await transfer(browser)).code).toBe('account_transfer_invalid');
    const url = `${signUps}/${body.response.id}?_method=PATCH`;
    const other = { email_address: newAddress(), password: rightPassword };
    const changed = await browser.post<SignUpJSON>(url, other);
    expect(changed.body.response).toMatchObject({
      status: 'missing_requirements',
      unverified_fields: ['email_address'],
    });
    await service.world.instance.save(settings);
  });
});

describe('where nobody is to learn who has an account', () => {
  openWith({ isEnumerationProtected: true });

  test('every step looks the same until the right code', async () => {
    const see = async (address: string) => {
      const browser = service.browser();
      await browser.get('/v1/client');
      const form = { identifier: address, sign_up_if_missing: 'true' };
      const begun = await observe(service, address, () => browser.post<SignInJSON>(signIns, form));
      const { id } = begun.answer.body.response as SignInJSON;
      const step = (name: string, fields: Record<string, string>) =>
        observe(service, address, () =>
          browser.post(`${signIns}/${id}/${name}`, { strategy, ...fields }),
        );
      return [
        begun,
        await step('prepare_first_factor', {}),
        await step('attempt_first_factor', { code: 'not it' }),
        await observe(service, address, () => browser.get(`${signIns}/${id}`)),
      ];
    };
    const known = await see(addressOf(await createPerson(service)));
    compare('nobody', await see(newAddress()), known);
  });

  test('no reset goes to an address that nobody has', async () => {
    const { settings } = service.world.instance;
    const strategies = { password: true, emailCode: true };
    await service.world.instance.save({ ...settings, strategies });
    const before = (await service.world.store.mailbox.list()).length;
    const browser = service.browser();
    const form = { identifier: newAddress(), sign_up_if_missing: 'true' };
    const { body } = await browser.post<SignInJSON>(signIns, form);
    const reset = { strategy: 'reset_password_email_code' };
    await browser.post(`${signIns}/${body.response.id}/prepare_first_factor`, reset);
    await service.world.mailer.settled();
    expect(await service.world.store.mailbox.list()).toHaveLength(before);
  });
});

describe.each(['restricted', 'waitlist'])('where sign-up is %s', (signUpMode) => {
  openWith({ signUpMode, isEnumerationProtected: true });

  test('a missing address is mailed nothing and goes on nowhere', async () => {
    const browser = service.browser();
    const url = await begin(browser, newAddress());
    await service.world.mailer.settled();
    expect(await service.world.store.mailbox.list()).toEqual([]);
    const form = { strategy, code: '424242' };
    expect((await browser.post(`${url}/attempt_first_factor`, form)).code).toBe(
      'form_code_incorrect',
    );
  });
});

describe('without the protection', () => {
  openWith({});

  test('an unknown address is told where the call does not ask for an account', async () => {
    const refused = await service.browser().post(signIns, { identifier: newAddress() });
    expect(refused.code).toBe('form_identifier_not_found');
    const named = { identifier: 'no_address', sign_up_if_missing: 'true' };
    expect((await service.browser().post(signIns, named)).code).toBe('form_identifier_not_found');
  });
});

describe('without the protection, where sign-up is restricted', () => {
  openWith({ signUpMode: 'restricted' });

  test('an unknown address is told at once', async () => {
    const form = { identifier: newAddress(), sign_up_if_missing: 'true' };
    const refused = await service.browser().post(signIns, form);
    expect(refused.code).toBe('form_identifier_not_found');
  });
});
