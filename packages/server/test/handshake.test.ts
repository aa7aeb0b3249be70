import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookieSuffix } from '@willcall/contract';
import type { Browser } from './browser.ts';
import { createPerson, issueTicket, signInPerson } from './people.ts';
import { appOrigin, openService, type TestService } from './service.ts';

let service: TestService;
let production: TestService;
const realOrigin = 'https://app.example.com';

beforeAll(async () => {
  service = await openService();
  production = await openService({
    type: 'production',
    publicUrl: 'https://accounts.example.com',
    settings: { allowedOrigins: [realOrigin], cookieDomain: 'example.com' },
  });
});
afterAll(() => Promise.all([service.close(), production.close()]));

const handshake = (browser: Browser, destination: string, more = '') =>
  browser.get(
    `/v1/client/handshake?redirect_url=${encodeURIComponent(destination)}&format=nonce${more}`,
  );

async function directivesOf(at: TestService, nonce: string): Promise<readonly string[]> {
  return (
    await at.backend<{ directives: string[] }>(
      'GET',
      `/v1/clients/handshake_payload?nonce=${nonce}`,
    )
  ).body.directives;
}

/** The cookies that directives set: name to value, empty where they take it away. */
function cookiesOf(directives: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    directives.map((line) => line.split(';')[0]?.split('=') as [string, string]),
  );
}

describe('a handshake in development', () => {
  test('brings the session, the client update and the dev browser by a nonce in the address', async () => {
    const { browser, sessionId, client } = await signInPerson(service);
    const { status, location, setCookies } = await handshake(browser, `${appOrigin}/page?a=b`);
    expect(status).toBe(307);
    const url = new URL(location ?? '');
    expect([url.origin, url.pathname, url.searchParams.get('a')]).toEqual([
      appOrigin,
      '/page',
      'b',
    ]);
    expect(url.href).not.toContain('eyJ');
    expect(setCookies).toEqual([]);
    const directives = await directivesOf(
      service,
      url.searchParams.get('__clerk_handshake_nonce') ?? '',
    );
    const suffix = await cookieSuffix(service.world.instance.publishableKey);
    const cookies = cookiesOf(directives);
    expect(Object.keys(cookies)).toEqual(
      ['__client_uat', '__clerk_db_jwt', '__session'].flatMap((name) => [
        name,
        `${name}_${suffix}`,
      ]),
    );
    expect(await service.world.signingKeys.verify(cookies['__session'] ?? '')).toMatchObject({
      sid: sessionId,
      azp: appOrigin,
    });
    expect(cookies['__client_uat']).toBe(String(Math.floor(client.updated_at / 1000)));
    const known = await service
      .browser()
      .get<{ id: string }>(`/v1/client?__clerk_db_jwt=${cookies['__clerk_db_jwt']}`);
    expect(known.body.response.id).toBe(client.id);
    for (const line of directives) expect(line).toMatch(/; Path=\/; Max-Age=\d+; SameSite=Lax$/);
  });

  test('of nobody takes the session away, and keeps a dev browser that is known', async () => {
    const made = await service.browser().post<never>('/v1/dev_browser');
    const token = (made.body as unknown as { id: string }).id;
    const { location } = await handshake(service.browser(), appOrigin, `&__clerk_db_jwt=${token}`);
    const directives = await directivesOf(
      service,
      new URL(location ?? '').searchParams.get('__clerk_handshake_nonce') ?? '',
    );
    expect(cookiesOf(directives)).toMatchObject({
      __client_uat: '0',
      __session: '',
      __clerk_db_jwt: token,
    });
    expect(directives.filter((line) => line.startsWith('__session'))).toEqual([
      expect.stringContaining('Max-Age=0'),
      expect.stringContaining('Max-Age=0'),
    ]);
  });

  test('with a dev browser that nobody knows goes on with a new one', async () => {
    const { status, location } = await handshake(
      service.browser(),
      appOrigin,
      '&__clerk_db_jwt=dvb_unknown',
    );
    expect(status).toBe(307);
    const directives = await directivesOf(
      service,
      new URL(location ?? '').searchParams.get('__clerk_handshake_nonce') ?? '',
    );
    expect(cookiesOf(directives)['__clerk_db_jwt']).toMatch(/^dvb_(?!unknown)/);
  });
});

describe('a handshake in production', () => {
  test('brings the nonce in a cookie of the parent domain, and no session in the address', async () => {
    const { browser, sessionId } = await signInPerson(production, {
      browser: production.browser(realOrigin),
    });
    const { location, setCookies } = await handshake(browser, `${realOrigin}/page`);
    expect(location).toBe(`${realOrigin}/page`);
    const [line = ''] = setCookies;
    expect(line).toMatch(
      /^__clerk_handshake_nonce=[\w-]+; Path=\/; Domain=example\.com; Max-Age=60; Secure; SameSite=Lax$/,
    );
    const directives = await directivesOf(production, /=([\w-]+)/.exec(line)?.[1] ?? '');
    const cookies = cookiesOf(directives);
    expect(cookies).toMatchObject({ __clerk_handshake_nonce: '' });
    expect(Object.keys(cookies).some((name) => name.startsWith('__clerk_db_jwt'))).toBe(false);
    expect(await production.world.signingKeys.verify(cookies['__session'] ?? '')).toMatchObject({
      sid: sessionId,
      azp: realOrigin,
    });
    expect(directives.every((each) => each.includes('; Secure'))).toBe(true);
  });
});

describe.each(['handshake', 'touch'])('client/%s', (path) => {
  test.each([
    'https://evil.example/',
    'https://app.example.com.evil.example/',
    'https://app.example.com@evil.example/',
    'https://app.example.com\\.evil.example/',
    '//app.example.com/',
    'javascript:alert(1)',
    'https:app.example.com',
    'http://app.example.com/',
    'http://localhost:5173/',
    '',
  ])('hands nothing over to %j', async (destination) => {
    const { browser } = await signInPerson(production, { browser: production.browser(realOrigin) });
    const before = production.dump();
    const refused = await browser.get(
      `/v1/client/${path}?redirect_url=${encodeURIComponent(destination)}`,
    );
    expect([refused.status, refused.location, refused.setCookies]).toEqual([422, undefined, []]);
    expect(production.dump()).toBe(before);
  });
});

test('client/touch renews the cookie and goes back', async () => {
  const { browser } = await signInPerson(service);
  const { status, location, setCookies } = await browser.get(
    `/v1/client/touch?redirect_url=${encodeURIComponent(`${appOrigin}/x`)}`,
  );
  expect([status, location]).toEqual([307, `${appOrigin}/x`]);
  expect(setCookies[0]).toContain(`=${[...browser.cookies.values()][0]};`);
});

test('client/touch knows the browser by its cookie, and by nothing that an address says', async () => {
  const attacker = service.browser();
  const made = await attacker.post<never>('/v1/dev_browser');
  const devBrowser = `__clerk_db_jwt=${(made.body as unknown as { id: string }).id}`;
  const { token } = await issueTicket(service, (await createPerson(service)).id);
  await attacker.post(`/v1/client/sign_ins?${devBrowser}`, { strategy: 'ticket', ticket: token });
  const url = `/v1/client/touch?redirect_url=${encodeURIComponent(appOrigin)}&${devBrowser}`;
  const stranger = await service.browser().get(url);
  expect([stranger.status, stranger.setCookies]).toEqual([307, []]);
  const { browser: victim } = await signInPerson(service);
  const cookies = new Map(victim.cookies);
  expect((await victim.get(url)).status).toBe(307);
  expect(victim.cookies).toEqual(cookies);
});

describe('cookies', () => {
  test('in development are HttpOnly and Lax, without Secure', async () => {
    const suffix = await cookieSuffix(service.world.instance.publishableKey);
    const { setCookies } = await service.browser().get('/v1/client');
    expect(setCookies).toEqual([
      expect.stringMatching(
        new RegExp(
          `^__client_${suffix}=wcc_[\\w-]+; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax$`,
        ),
      ),
    ]);
  });

  test('in production are bound to the host and secure, the client cookie last, the update readable by the apps', async () => {
    const suffix = await cookieSuffix(production.world.instance.publishableKey);
    const browser = production.browser(realOrigin);
    const { browser: signedIn, sessionId } = await signInPerson(production, { browser });
    const { setCookies } = await signedIn.post(`/v1/client/sessions/${sessionId}/touch`);
    const names = ['__client_uat', `__client_uat_${suffix}`];
    expect(setCookies).toHaveLength(names.length);
    for (const [index, name] of names.entries()) {
      expect(setCookies[index]).toMatch(
        new RegExp(
          `^${name}=[1-9]\\d+; Path=/; Domain=example\\.com; Max-Age=34560000; Secure; SameSite=Lax$`,
        ),
      );
    }
    const again = await signedIn.post('/v1/client');
    expect(again.setCookies.at(-1)).toMatch(
      new RegExp(
        `^__Host-__client_${suffix}=wcc_[\\w-]+; Path=/; Max-Age=34560000; HttpOnly; Secure; SameSite=Lax$`,
      ),
    );
    const out = await signedIn.post('/v1/client/sessions?_method=DELETE');
    expect(out.setCookies.map((line) => line.split(';')[0])).toEqual([
      '__client_uat=0',
      `__client_uat_${suffix}=0`,
    ]);
  });

  test('of a redemption end with the client', async () => {
    const { user } = await signInPerson(production, { browser: production.browser(realOrigin) });
    const { body } = await production.backend<{ token: string }>('POST', '/v1/sign_in_tokens', {
      user_id: user.id,
    });
    const { setCookies } = await production
      .browser(realOrigin)
      .post('/v1/client/sign_ins', { ticket: body.token });
    expect(setCookies.map((line) => line.split('=')[0]?.replace(/_[\w-]{8}$/, ''))).toEqual([
      '__client_uat',
      '__client_uat',
      '__Host-__client',
    ]);
  });
});
