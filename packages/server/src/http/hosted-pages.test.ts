import { afterAll, beforeAll, expect, test } from 'vitest';
import { openService, type TestService } from '../../test/service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

const page = { accept: 'text/html,application/xhtml+xml' };

test.each(['/', '/sign-in', '/sign-in/code', '/sign-up', '/user/security', '/mailbox'])(
  '%s is a page that nothing keeps, frames or adds to',
  async (url) => {
    const { status, headers, text } = await service.browser().get(url, { headers: page });
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain('<title>');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-robots-tag': 'noindex, noarchive',
      'x-content-type-options': 'nosniff',
    });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  },
);

test('a person who is lost is shown a page, a program the error', async () => {
  const person = await service.browser().get('/nowhere', { headers: page });
  expect([person.status, person.headers['content-type']]).toEqual([
    404,
    'text/html; charset=utf-8',
  ]);
  const program = await service.browser().get('/nowhere');
  expect([program.status, program.code]).toEqual([404, 'resource_not_found']);
  const caller = await service.browser().get('/v1/nowhere', { headers: page });
  expect([caller.status, caller.code]).toEqual([404, 'resource_not_found']);
});

test.each([
  ['ar-EG,en;q=0.5', '<html lang="ar" dir="rtl">', 'تحتاج هذه الصفحة'],
  ['de-AT', '<html lang="de" dir="ltr">', 'Diese Seite braucht JavaScript'],
  ['it', '<html lang="en" dir="ltr">', 'This page needs JavaScript'],
])('for a browser that asks for %s a page is in that language', async (asked, html, noScript) => {
  const headers = { ...page, 'accept-language': asked };
  const { text, headers: answered } = await service.browser().get('/sign-in', { headers });
  expect(text).toContain(html);
  expect(text).toContain(noScript);
  expect(answered['vary']).toContain('Accept-Language');
});

test('a page without scripts is in the language of the browser', async () => {
  const headers = { ...page, 'accept-language': 'fr-CA' };
  const { status, text } = await service
    .browser()
    .get('/v1/client/redirect?redirect_url=https%3A%2F%2Felsewhere.example', { headers });
  expect(status).toBe(400);
  expect(text).toContain('<html lang="fr" dir="ltr">');
  expect(text).toContain('Cette adresse n’est pas autorisée');
});

test('what pages load is found below /_willcall/ and nowhere above', async () => {
  expect((await service.browser().get('/_willcall/avatar.svg')).status).toBe(200);
  for (const url of [
    '/_willcall/nothing.js',
    '/_willcall/../package.json',
    '/_willcall/%2e%2e/willcall.db',
  ]) {
    expect((await service.browser().get(url)).status, url).toBe(404);
  }
});
