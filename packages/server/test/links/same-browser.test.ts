import { createHash } from 'node:crypto';
import type {
  RefusedRedemptionsJSON,
  SameBrowserJSON,
  SignInJSON,
  SignInTokenDetailsJSON,
  SignInTokenJSON,
} from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../browser.ts';
import {
  type AskingService,
  askingPage,
  foreignPage,
  openAsking,
  openLink,
  press,
} from './asked.ts';

let service: AskingService;

beforeAll(async () => {
  service = await openAsking();
});
afterAll(() => service.close());

// The example of RFC 7636, appendix B.
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const bound = { challenge, method: 'S256' } as const;

function issue(sameBrowser: unknown, fields: object = { sign_in_url: askingPage }) {
  const body = { user_id: service.userId, same_browser: sameBrowser, ...fields };
  return service.backend<SignInTokenJSON>('POST', '/v1/sign_in_tokens', body);
}

/** A ticket for the browser that has the verifier in the storage of its page. */
async function issueBound(): Promise<{ id: string; ticket: string }> {
  const { body } = await issue(bound, { sign_in_url: askingPage, confirmation: 'none' });
  return { id: body.id, ticket: body.token ?? '' };
}

function redeem(browser: Browser, ticket: string, form: Record<string, string> = {}) {
  return browser.post<SignInJSON>('/v1/client/sign_ins', { strategy: 'ticket', ticket, ...form });
}

/** A browser that has begun, as on our own pages, and the ticket that was issued for it. */
async function begun(fields: object = {}) {
  const visitor = service.visitor();
  const form = { code_verifier: verifier };
  const { body } = await visitor.post<SameBrowserJSON>('/v1/client/same_browser', form);
  const issued = await issue(body.response, fields);
  const { id, token = '', url } = issued.body;
  return { visitor, id, ticket: token, url: new URL(url ?? '') };
}

describe('a token is issued for the browser', () => {
  test('whose challenge is that of its verifier, and tells it to nobody but the operator', async () => {
    expect(createHash('sha256').update(verifier).digest('base64url')).toBe(challenge);
    const { status, body } = await issue(bound);
    expect(status).toBe(200);
    expect(new URL(body.url ?? '').pathname).toBe('/welcome');
    const read = await service.backend<SignInTokenDetailsJSON>(
      'GET',
      `/v1/sign_in_tokens/${body.id}`,
    );
    expect(read.body.same_browser).toEqual(bound);
  });

  test.each([
    ['another method', { challenge, method: 'plain' }, 'form_param_value_invalid'],
    ['no method', { challenge }, 'form_param_value_invalid'],
    ['no challenge', { method: 'S256' }, 'form_param_missing'],
    [
      'a short challenge',
      { challenge: challenge.slice(1), method: 'S256' },
      'form_param_value_invalid',
    ],
    [
      'a long challenge',
      { challenge: `${challenge}A`, method: 'S256' },
      'form_param_value_invalid',
    ],
    [
      'a challenge in base64',
      { challenge: `+${challenge.slice(1)}`, method: 'S256' },
      'form_param_value_invalid',
    ],
    [
      'a challenge of no 32 bytes',
      { challenge: `${challenge.slice(0, -1)}N`, method: 'S256' },
      'form_param_value_invalid',
    ],
    ['an unknown field', { ...bound, verifier }, 'form_param_unknown'],
    [
      'a proof of another challenge',
      { ...bound, proof: 'A'.repeat(43) },
      'form_param_value_invalid',
    ],
    ['a text', challenge, 'form_param_value_invalid'],
  ])('not with %s', async (_what, sameBrowser, code) => {
    const before = service.dump();
    const refused = await issue(sameBrowser);
    expect([refused.status, refused.code]).toEqual([422, code]);
    expect(service.dump()).toEqual(before);
  });

  test.each([
    ['a page that may hold an official component', { sign_in_url: foreignPage }],
    ['the hosted page, which has no verifier of this challenge', {}],
    ['the hosted page by name', { sign_in_url: 'http://localhost:4000/sign-in' }],
  ])('not for %s', async (_page, fields) => {
    const before = service.dump();
    const refused = await issue(bound, fields);
    expect([refused.status, refused.code]).toEqual([422, 'form_param_value_invalid']);
    expect(service.dump()).toEqual(before);
  });

  test('not for a page that has neither, whatever proof comes with it', async () => {
    const { body } = await service
      .visitor()
      .post<SameBrowserJSON>('/v1/client/same_browser', { code_verifier: verifier });
    const refused = await issue(body.response, { sign_in_url: foreignPage });
    expect([refused.status, refused.code]).toEqual([422, 'form_param_value_invalid']);
    expect((await issue(body.response)).status).toBe(200);
    expect((await issue(body.response, {})).status).toBe(200);
  });
});

describe('its ticket', () => {
  test('signs in with the verifier, once', async () => {
    const { id, ticket } = await issueBound();
    const browser = service.browser();
    const opened = await redeem(browser, ticket, { code_verifier: verifier });
    expect(opened.body.response.status).toBe('complete');
    expect(await service.statusOf(id)).toBe('accepted');
    // Its own browser is known by its client, whose answer may have got lost.
    expect((await redeem(browser, ticket)).body.response.status).toBe('complete');
    const other = await redeem(service.browser(), ticket, { code_verifier: verifier });
    expect(other.code).toBe('sign_in_token_already_used_code');
  });

  test.each([
    ['none', {}],
    ['an empty one', { code_verifier: '' }],
    ['one of 42 characters', { code_verifier: verifier.slice(1) }],
    ['the challenge itself, as with plain', { code_verifier: challenge }],
    ['another one', { code_verifier: `${verifier.slice(1)}A` }],
    ['one with other letters', { code_verifier: `${verifier.slice(1)}é` }],
    ['the right one with a space', { code_verifier: `${verifier} ` }],
    ['a method that lowers it', { code_verifier: challenge, code_challenge_method: 'plain' }],
  ] as [string, Record<string, string>][])(
    'is refused with %s, which changes nothing and is told with the token',
    async (_what, form) => {
      const { id, ticket } = await issueBound();
      const before = service.dump();
      const refused = await redeem(service.browser(), ticket, form);
      expect([refused.status, refused.code]).toEqual([400, 'ticket_wrong_browser']);
      expect(refused.body.errors?.[0]?.message).toContain('Open it there, or ask for a new one');
      expect(service.dump()).toEqual(before);
      const read = await service.backend<RefusedRedemptionsJSON>('GET', `/v1/sign_in_tokens/${id}`);
      expect(read.body.refused_redemptions.map(({ code }) => code)).toEqual([
        'ticket_wrong_browser',
      ]);
      expect((await redeem(service.browser(), ticket, { code_verifier: verifier })).status).toBe(
        200,
      );
    },
  );

  test('that was revoked says so first', async () => {
    const { id, ticket } = await issueBound();
    await service.backend('POST', `/v1/sign_in_tokens/${id}/revoke`);
    expect((await redeem(service.browser(), ticket)).code).toBe('sign_in_token_revoked_code');
  });

  test('of another token needs no verifier, and a stale one does no harm', async () => {
    const { ticket } = await service.issue({ confirmation: 'none' });
    const opened = await redeem(service.browser(), ticket, { code_verifier: verifier });
    expect(opened.body.response.status).toBe('complete');
  });

  test('is not freed by the hosted confirmation and its continuation', async () => {
    const visitor = service.visitor();
    const { body } = await issue(bound, { sign_in_url: askingPage, confirmation: 'always' });
    const hosted = new URL(`http://localhost:4000/sign-in?__clerk_ticket=${body.token}`);
    const pressed = await press(visitor, await openLink(visitor, hosted), 'continue');
    const carried = new URL(pressed.location ?? '').searchParams.get('__clerk_ticket') ?? '';
    expect(carried).toMatch(/^wck_/);
    expect((await redeem(visitor, carried)).code).toBe('ticket_wrong_browser');
    expect(await service.statusOf(body.id)).toBe('pending');
    const opened = await redeem(visitor, carried, { code_verifier: verifier });
    expect(opened.body.response.status).toBe('complete');
  });
});

describe('on the hosted page the cookie proves the browser', () => {
  test('it cannot be read by scripts, and goes to no other site', async () => {
    const answer = await service
      .visitor()
      .post<SameBrowserJSON>('/v1/client/same_browser', { code_verifier: verifier });
    expect(answer.body.response).toEqual({ ...bound, proof: expect.stringMatching(/^[\w-]{43}$/) });
    expect(answer.setCookies).toEqual([
      expect.stringMatching(
        /^__willcall_browser_[\w-]{8}=[\w-]{43}; Path=\/; Max-Age=86400; HttpOnly; SameSite=Lax$/,
      ),
    ]);
    expect(answer.text).not.toContain(verifier);
  });

  test('a page of another site gets neither cookie nor proof', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    const answer = await service
      .browser()
      .post<SameBrowserJSON>('/v1/client/same_browser', { code_verifier: verifier }, { headers });
    expect(answer.body.response.proof).toBeNull();
    expect(answer.setCookies).toEqual([]);
    expect((await issue(answer.body.response)).status).toBe(200);
    expect((await issue(answer.body.response, {})).status).toBe(422);
  });

  test.each(['short', `${'v'.repeat(42)}!`, ''])('a verifier like %j is refused', async (wrong) => {
    const refused = await service
      .visitor()
      .post('/v1/client/same_browser', { code_verifier: wrong });
    expect([refused.status, refused.code]).toEqual([422, 'form_param_value_invalid']);
  });

  test('the person who asked presses Continue and is signed in', async () => {
    const { visitor, url, id } = await begun();
    const pressed = await press(visitor, await openLink(visitor, url), 'continue');
    expect(pressed.status).toBe(303);
    expect(await service.statusOf(id)).toBe('accepted');
  });

  test('in another browser nobody is asked: the page for all tells why', async () => {
    const { url, id, ticket } = await begun();
    const stranger = service.visitor();
    const opened = await stranger.get(url.pathname + url.search);
    expect([opened.status, opened.location]).toEqual([200, undefined]);
    expect((await redeem(stranger, ticket)).code).toBe('ticket_wrong_browser');
    expect(await service.statusOf(id)).toBe('pending');
  });

  test('a press in a browser that lost its cookie is refused, and told with the token', async () => {
    const { visitor, url, id } = await begun();
    const question = await openLink(visitor, url);
    for (const name of visitor.cookies.keys())
      if (name.includes('browser')) visitor.cookies.delete(name);
    const pressed = await press(visitor, question, 'continue');
    expect(pressed.status).toBe(400);
    expect(pressed.text).toContain('only in the browser where it was asked for');
    expect((await visitor.get('/sign-in/confirm')).status).toBe(400);
    const read = await service.backend<RefusedRedemptionsJSON>('GET', `/v1/sign_in_tokens/${id}`);
    expect(read.body.refused_redemptions.map(({ code }) => code)).toEqual(['ticket_wrong_browser']);
  });
});
