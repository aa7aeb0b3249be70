import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AskingService, openAsking, openLink, press } from './asked.ts';

let service: AskingService;

beforeAll(async () => {
  service = await openAsking({ settings: { applicationName: 'Front <Row>' } });
});
afterAll(() => service.close());

test('the address is clean at once, and the page names account and application', async () => {
  const { url, ticket, id } = await service.issue();
  const visitor = service.visitor();
  const opened = await visitor.get(url.pathname + url.search);
  expect([opened.status, opened.location]).toEqual([303, '/sign-in/confirm']);
  const cookie = opened.setCookies.find((line) => line.startsWith('__willcall_link_')) ?? '';
  expect(cookie).toMatch(/; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/);
  expect(JSON.stringify(opened.headers) + opened.text).not.toContain(ticket);

  const page = await visitor.get('/sign-in/confirm');
  expect(page.status).toBe(200);
  expect(page.text).toContain('Sign in as <bdi>a***@e***.com</bdi>?');
  expect(page.text).toContain('Front &lt;Row&gt;');
  expect(page.text).not.toContain('<script');
  expect(page.text).not.toContain(ticket);
  expect(page.headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-robots-tag': 'noindex, noarchive',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
  });
  expect(page.headers['content-security-policy']).toContain(
    "form-action 'self' http://localhost:4000",
  );
  expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(await service.statusOf(id)).toBe('pending');
});

test('Continue signs in and leads to the place of the token', async () => {
  const { url, id } = await service.issue({ redirect_url: 'http://localhost:5173/inbox' });
  const visitor = service.visitor();
  const answer = await press(visitor, await openLink(visitor, url), 'continue');
  expect([answer.status, answer.location]).toEqual([303, 'http://localhost:5173/inbox']);
  expect(await service.statusOf(id)).toBe('accepted');
  const client = await visitor.get<{ sessions: { status: string }[] }>('/v1/client');
  expect(client.body.response.sessions.map(({ status }) => status)).toEqual(['active']);
  expect([...visitor.cookies.keys()].some((name) => name.startsWith('__willcall_link_'))).toBe(
    false,
  );
});

test('a press signs no session token: the page that comes next asks for one', async () => {
  const { url } = await service.issue();
  const visitor = service.visitor();
  const page = await openLink(visitor, url);
  service.takeWork();
  expect((await press(visitor, page, 'continue')).status).toBe(303);
  expect(service.takeWork().signatures).toBe(0);
  await visitor.get('/v1/client');
  expect(service.takeWork().signatures).toBe(1);
});

test('Cancel spends nothing, and forgets the link', async () => {
  const { url, id } = await service.issue();
  const visitor = service.visitor();
  const page = await openLink(visitor, url);
  expect((await press(visitor, page, 'cancel')).status).toBe(303);
  expect((await press(visitor, page, 'continue')).status).toBe(400);
  expect(await service.statusOf(id)).toBe('pending');
});

describe('a form is refused', () => {
  async function opened() {
    const issued = await service.issue();
    const visitor = service.visitor();
    const page = await openLink(visitor, issued.url);
    const nonce = /name="nonce" value="([^"]+)"/.exec(page)?.[1] ?? '';
    return { ...issued, visitor, nonce };
  }

  test.each<[string, Record<string, string>]>([
    ['of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['of an allowed origin that is not ours', { origin: 'http://localhost:5173' }],
    ['of a page without an origin', { origin: 'null' }],
    ['that the browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['that the browser calls same-site', { 'sec-fetch-site': 'same-site' }],
  ])('%s', async (_what, headers) => {
    const { visitor, nonce, id } = await opened();
    const before = service.dump();
    const form = { nonce, action: 'continue' };
    const answer = await visitor.post('/sign-in/confirm', form, { headers });
    expect([answer.status, answer.code]).toEqual([400, 'origin_invalid']);
    expect(service.dump()).toEqual(before);
    expect(await service.statusOf(id)).toBe('pending');
  });

  test.each(['', 'AAAAAAAAAAAAAAAAAAAAAAAAAAA'])('with the nonce %j', async (nonce) => {
    const { visitor, id } = await opened();
    const answer = await visitor.post('/sign-in/confirm', { nonce, action: 'continue' });
    expect(answer.status).toBe(400);
    expect(await service.statusOf(id)).toBe('pending');
  });

  test('without the cookie, and with that of another link', async () => {
    const { visitor, nonce, id } = await opened();
    const other = await opened();
    const form = { nonce, action: 'continue' };
    expect((await service.visitor().post('/sign-in/confirm', form)).status).toBe(400);
    expect((await other.visitor.post('/sign-in/confirm', form)).status).toBe(400);
    expect(await service.statusOf(id)).toBe('pending');
    expect((await visitor.post('/sign-in/confirm', form)).status).toBe(303);
  });

  test('after ten minutes', async () => {
    const { visitor, nonce, id } = await opened();
    service.clock.advance(600_000);
    const answer = await visitor.post('/sign-in/confirm', { nonce, action: 'continue' });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('Open your link again.');
    expect(await service.statusOf(id)).toBe('pending');
  });
});

test('who is known here goes on without a press, and only where the page is seen', async () => {
  const visitor = service.visitor();
  await press(visitor, await openLink(visitor, (await service.issue()).url), 'continue');
  await visitor.post('/v1/client/sessions?_method=DELETE');
  const page = await openLink(visitor, (await service.issue()).url);
  expect(page).toContain('<script src="/_willcall/go-on.js" defer></script>');
  const script = (await visitor.get('/_willcall/go-on.js')).text;
  expect(script).toContain('document.prerendering');
  expect((await press(visitor, page, 'at_once')).status).toBe(303);

  const strict = await openLink(service.visitor(), (await service.issue()).url);
  expect(strict).not.toContain('<script');
});

test('at once is judged by the server again', async () => {
  const { url, id } = await service.issue({ confirmation: 'always' });
  const visitor = service.visitor();
  const page = await openLink(visitor, url);
  expect((await press(visitor, page, 'at_once')).status).toBe(200);
  expect(await service.statusOf(id)).toBe('pending');
});

test('nobody is asked about a link that is spent: the page for all tells why', async () => {
  const { url, id } = await service.issue();
  await service.backend('POST', `/v1/sign_in_tokens/${id}/revoke`);
  const opened = await service.visitor().get(url.pathname + url.search);
  expect([opened.status, opened.location]).toEqual([200, undefined]);
});

test('a link that was spent meanwhile says so', async () => {
  const { url, id } = await service.issue();
  const visitor = service.visitor();
  const page = await openLink(visitor, url);
  await service.backend('POST', `/v1/sign_in_tokens/${id}/revoke`);
  const answer = await press(visitor, page, 'continue');
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('This link was withdrawn by whoever sent it.');
});

describe('somebody else is signed in', () => {
  async function signedInAsGrace(settings: object = {}) {
    const place = await openAsking({ settings });
    const userId = await place.addUser('grace@example.com');
    const visitor = place.visitor();
    const { url } = await place.issue({ user_id: userId });
    await press(visitor, await openLink(visitor, url), 'continue');
    const link = await place.issue({ confirmation: 'none' });
    return { place, visitor, link, page: await openLink(visitor, link.url), userId };
  }

  /** The sessions of users, by their ids, which are drawn. */
  function sessionsOf(place: AskingService, ...userIds: readonly string[]) {
    const rows = place.dump()['sessions'] ?? [];
    expect(rows).toHaveLength(userIds.length);
    return userIds.map((id) => rows.find((row) => row['user_id'] === id)?.['status']);
  }

  test('the page asks even where no confirmation is asked for', async () => {
    const { place, page, visitor, link, userId } = await signedInAsGrace();
    expect(page).toContain('<strong>grace<wbr />@example.com</strong></bdi> is signed in');
    expect(page).not.toContain('value="add"');
    // A press that answers another question is asked anew.
    const again = await press(visitor, page, 'continue');
    expect([again.status, again.text.includes('is signed in')]).toEqual([200, true]);
    await press(visitor, page, 'cancel');
    expect(await place.statusOf(link.id)).toBe('pending');
    expect(sessionsOf(place, userId)).toEqual(['active']);
    await place.close();
  });

  test('two accounts that look alike behind their masks are told apart', async () => {
    const { place, visitor } = await signedInAsGrace();
    const giselle = await place.addUser('giselle@example.org.example.com');
    const page = await openLink(visitor, (await place.issue({ user_id: giselle })).url);
    // Whoever is signed in may see their own address; of the other nothing more is told.
    expect(page).toContain('<strong>grace<wbr />@example.com</strong></bdi> is signed in');
    expect(page).toContain(
      'Your link is for another account, <bdi><strong>g***e@e***.com</strong>',
    );
    expect(page).not.toContain('giselle');
    await place.close();
  });

  test('switch ends the old session with the new one', async () => {
    const { place, page, visitor, link, userId } = await signedInAsGrace();
    expect((await press(visitor, page, 'switch')).status).toBe(303);
    expect(await place.statusOf(link.id)).toBe('accepted');
    expect(sessionsOf(place, userId, place.userId)).toEqual(['replaced', 'active']);
    await place.close();
  });

  test('switch ends nothing where the new session does not open', async () => {
    const { place, page, visitor, link, userId } = await signedInAsGrace();
    await place.backend('POST', `/v1/sign_in_tokens/${link.id}/revoke`);
    expect((await press(visitor, page, 'switch')).status).toBe(400);
    expect(sessionsOf(place, userId)).toEqual(['active']);
    await place.close();
  });

  test('add keeps both where a browser may hold several', async () => {
    const { place, page, visitor, userId } = await signedInAsGrace({ isSingleSession: false });
    expect(page).toContain('value="add"');
    const again = await press(visitor, page, 'continue');
    expect(again.status).toBe(200);
    expect((await press(visitor, page, 'add')).status).toBe(303);
    expect(sessionsOf(place, userId, place.userId)).toEqual(['active', 'active']);
    await place.close();
  });

  test('whoever is signed in as the same user goes on, and the link stays good', async () => {
    const { place, visitor, userId } = await signedInAsGrace();
    const { url, id } = await place.issue({ user_id: userId, confirmation: 'always' });
    const answer = await press(visitor, await openLink(visitor, url), 'continue');
    expect([answer.status, answer.location]).toEqual([303, 'http://localhost:4000/']);
    expect(await place.statusOf(id)).toBe('pending');
    await place.close();
  });
});
