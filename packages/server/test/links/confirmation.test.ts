import type { SignInJSON, SignInTokenDetailsJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openService } from '../service.ts';
import { type AskingService, askingPage, foreignPage, openAsking } from './asked.ts';

let service: AskingService;

beforeAll(async () => {
  service = await openAsking();
});
afterAll(() => service.close());

function redeem(ticket: string, form: Record<string, string> = {}, browser = service.browser()) {
  return browser.post<SignInJSON>('/v1/client/sign_ins', { strategy: 'ticket', ticket, ...form });
}

describe('where a link leads', () => {
  test.each([
    ['none', foreignPage, foreignPage],
    ['auto', foreignPage, 'http://localhost:4000/sign-in'],
    ['always', foreignPage, 'http://localhost:4000/sign-in'],
    ['auto', askingPage, askingPage],
    ['always', `${askingPage}/?seat=7`, `${askingPage}/?seat=7`],
    ['always', `${askingPage}/other`, 'http://localhost:4000/sign-in'],
    ['auto', undefined, 'http://localhost:4000/sign-in'],
  ])('%s with the page %s: %s', async (confirmation, signInUrl, page) => {
    const { url, ticket } = await service.issue({ confirmation, sign_in_url: signInUrl });
    expect(url.searchParams.get('__clerk_ticket')).toBe(ticket);
    url.searchParams.delete('__clerk_ticket');
    expect(url.href).toBe(page);
  });

  test('the link of the wire leads to the same place', async () => {
    const { url, ticket } = await service.issue({ sign_in_url: foreignPage });
    const accepted = await service.browser().get(`/v1/tickets/accept?ticket=${ticket}`);
    expect([accepted.status, accepted.location]).toEqual([303, url.href]);
  });
});

test.each(['sometimes', 'Always', '', 7, ['none']])(
  '%j is no confirmation',
  async (confirmation) => {
    const before = service.dump()['sign_in_tokens'];
    const answer = await service.backend('POST', '/v1/sign_in_tokens', {
      user_id: service.userId,
      confirmation,
    });
    expect([answer.status, answer.code]).toEqual([422, 'form_param_value_invalid']);
    expect(service.dump()['sign_in_tokens']).toEqual(before);
  },
);

test('a token tells its confirmation; null is what the instance says', async () => {
  for (const confirmation of ['none', 'auto', 'always', null]) {
    const { id } = await service.issue({ confirmation });
    const read = await service.backend<SignInTokenDetailsJSON>('GET', `/v1/sign_in_tokens/${id}`);
    expect(read.body.confirmation).toBe(confirmation);
  }
});

test.each([
  ['development', 'http://localhost:4000', 'http://localhost:5173'],
  ['production', 'https://auth.example.com', 'https://auth.example.com'],
] as const)('by default a link of a %s instance goes to', async (type, publicUrl, origin) => {
  const plain = await openService({
    ...{ type, publicUrl },
    settings: { signInUrl: foreignPage, allowedOrigins: ['http://localhost:5173'] },
  });
  const user = await plain.backend<{ id: string }>('POST', '/v1/users', {
    email_address: ['ada@example.com'],
  });
  const issued = await plain.backend<{ url: string }>('POST', '/v1/sign_in_tokens', {
    user_id: user.body.id,
  });
  expect(new URL(issued.body.url).origin).toBe(origin);
  await plain.close();
});

describe('from code', () => {
  test.each(['none', 'auto'])('%s never refuses', async (confirmation) => {
    const { ticket } = await service.issue({ confirmation });
    expect((await redeem(ticket)).body.response.status).toBe('complete');
  });

  test('always is refused without a confirmed page, and told what to ask', async () => {
    const { id, ticket } = await service.issue({ confirmation: 'always' });
    const refused = await redeem(ticket);
    expect([refused.status, refused.code]).toEqual([400, 'ticket_confirmation_required']);
    expect(refused.body.errors?.[0]?.meta).toEqual({
      confirmation: {
        account: 'a***@e***.com',
        is_impersonation: false,
        is_sign_up: false,
        signed_in_as: null,
        can_add: false,
        proof: expect.any(String),
      },
    });
    expect(await service.statusOf(id)).toBe('pending');
  });
});

describe('a page that can ask', () => {
  async function ask(ticket: string, browser = service.browser(), asks = 'visible') {
    const asked = await redeem(ticket, { asks }, browser);
    return { ...asked, question: asked.body.errors?.[0]?.meta.confirmation };
  }

  test('none asks nobody', async () => {
    const { ticket } = await service.issue({ confirmation: 'none' });
    expect((await ask(ticket)).body.response.status).toBe('complete');
  });

  test('auto and always ask, and the proof of the answer opens the session', async () => {
    for (const confirmation of ['auto', 'always']) {
      const { ticket, id } = await service.issue({ confirmation });
      const browser = service.browser();
      const { code, question } = await ask(ticket, browser);
      expect(code).toBe('ticket_confirmation_required');
      expect(await service.statusOf(id)).toBe('pending');
      const proved = await redeem(ticket, { confirmation: question?.proof ?? '' }, browser);
      expect(proved.body.response.status).toBe('complete');
    }
  });

  test('a proof is good for its ticket, for ten minutes', async () => {
    const { ticket } = await service.issue({ confirmation: 'always' });
    const { ticket: another } = await service.issue({ confirmation: 'always' });
    const proof = (await ask(ticket)).question?.proof ?? '';
    expect((await redeem(another, { confirmation: proof })).code).toBe(
      'ticket_confirmation_required',
    );
    expect(
      (
        await redeem(ticket, {
          confirmation: `${proof.startsWith('A') ? 'B' : 'A'}${proof.slice(1)}`,
        })
      ).code,
    ).toBe('ticket_confirmation_required');
    service.clock.advance(600_000);
    expect((await redeem(ticket, { confirmation: proof })).code).toBe(
      'ticket_confirmation_required',
    );
  });

  test('auto knows a browser by an earlier gesture of the same user, on a page that is seen', async () => {
    const browser = service.browser();
    const first = await service.issue();
    const proof = (await ask(first.ticket, browser)).question?.proof ?? '';
    await redeem(first.ticket, { confirmation: proof }, browser);
    await browser.post('/v1/client/sessions?_method=DELETE');

    const second = await service.issue();
    expect((await ask(second.ticket, browser, 'hidden')).code).toBe('ticket_confirmation_required');
    const known = await ask(second.ticket, browser);
    expect(known.body.response.status).toBe('complete');
    await browser.post('/v1/client/sessions?_method=DELETE');

    const always = await service.issue({ confirmation: 'always' });
    expect((await ask(always.ticket, browser)).code).toBe('ticket_confirmation_required');
    const other = await service.issue({ user_id: await service.addUser('grace@example.com') });
    expect((await ask(other.ticket, browser)).code).toBe('ticket_confirmation_required');
  });

  test('a session that a ticket opened by itself is no gesture, a typed password is one', async () => {
    const browser = service.browser();
    await redeem((await service.issue({ confirmation: 'none' })).ticket, {}, browser);
    await browser.post('/v1/client/sessions?_method=DELETE');
    expect((await ask((await service.issue()).ticket, browser)).code).toBe(
      'ticket_confirmation_required',
    );
    await browser.post('/v1/client/sign_ins', {
      identifier: 'ada@example.com',
      password: 'a long password of theirs',
    });
    await browser.post('/v1/client/sessions?_method=DELETE');
    const { body } = await ask((await service.issue()).ticket, browser);
    expect(body.response.status).toBe('complete');
  });
});
