import type { SignInJSON } from '@willcall/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  service = await openAsking({ settings: { allowedOrigins: ['https://app.example.org'] } });
});
afterAll(() => service.close());

const elsewhere = 'https://app.example.org/sign-in';

/** A link that was confirmed, and the continuation that the press led to. */
async function confirmed(page = foreignPage, visitor = service.visitor()) {
  const { ticket, id } = await service.issue({ sign_in_url: page, confirmation: 'always' });
  const hosted = new URL(`http://localhost:4000/sign-in?__clerk_ticket=${ticket}`);
  const question = await openLink(visitor, hosted);
  async function again() {
    const answer = await press(visitor, question, 'continue');
    return new URL(answer.location ?? 'http://nowhere.example');
  }
  const next = await again();
  return { id, ticket, visitor, again, next, carried: carriedBy(next) };
}

function carriedBy(next: URL): string {
  return next.searchParams.get('__clerk_ticket') ?? '';
}

function redeem(browser: Browser, ticket: string) {
  return browser.post<SignInJSON>('/v1/client/sign_ins', { strategy: 'ticket', ticket });
}

test('Continue leads to the page of the token, without its ticket, and spends nothing', async () => {
  const { id, next, ticket, carried, visitor } = await confirmed();
  expect(next.origin + next.pathname).toBe(foreignPage);
  expect(next.href).not.toContain(ticket.slice(-27));
  expect(carried).toMatch(/^wck_/);
  expect(await service.statusOf(id)).toBe('pending');
  expect((await redeem(visitor, carried)).body.response.status).toBe('complete');
  expect(await service.statusOf(id)).toBe('accepted');
});

test('it lives for sixty seconds', async () => {
  const { id, carried, visitor } = await confirmed();
  service.clock.advance(59_999);
  const late = await confirmed();
  expect((await redeem(visitor, carried)).body.response.status).toBe('complete');
  service.clock.advance(60_000);
  const refused = await redeem(late.visitor, late.carried);
  expect([refused.status, refused.code]).toEqual([400, 'ticket_continuation_expired']);
  expect(refused.body.errors?.[0]?.message).toContain('Open your link again.');
  expect([await service.statusOf(id), await service.statusOf(late.id)]).toEqual([
    'accepted',
    'pending',
  ]);
});

test('pressing again voids the earlier one', async () => {
  const { carried, again, visitor } = await confirmed();
  const second = carriedBy(await again());
  expect((await redeem(visitor, carried)).code).toBe('ticket_continuation_expired');
  expect((await redeem(visitor, second)).body.response.status).toBe('complete');
});

test('it is bound to the browser where our cookie reaches both pages', async () => {
  for (const page of [foreignPage, askingPage]) {
    const { carried, visitor, id } = await confirmed(page);
    const known = service.browser();
    await known.get('/v1/client');
    for (const stranger of [service.browser(), known])
      expect((await redeem(stranger, carried)).code).toBe('ticket_continuation_expired');
    expect(await service.statusOf(id)).toBe('pending');
    expect((await redeem(visitor, carried)).body.response.status).toBe('complete');
  }
});

test('elsewhere whoever carries it is let in', async () => {
  const { carried } = await confirmed(elsewhere);
  const answer = await redeem(service.browser('https://app.example.org'), carried);
  expect(answer.body.response.status).toBe('complete');
});

test('all continuations and the ticket together open one session', async () => {
  const { carried, ticket, visitor } = await confirmed(elsewhere);
  const before = service.dump()['sessions']?.length ?? 0;
  const browsers = Array.from({ length: 16 }, () => service.browser());
  const answers = await Promise.all([
    redeem(visitor, carried),
    ...browsers.map((browser) => redeem(browser, carried)),
    ...browsers.map((browser) => redeem(browser, ticket)),
  ]);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(service.dump()['sessions']).toHaveLength(before + 1);
});

test('a lost answer is given again, and to nobody else', async () => {
  const { carried } = await confirmed(elsewhere);
  const browser = service.browser();
  await browser.get('/v1/client');
  const form = { strategy: 'ticket', ticket: carried };
  await browser.post('/v1/client/sign_ins', form, { isAnswerLost: true });
  expect((await redeem(browser, carried)).body.response.status).toBe('complete');
  expect((await redeem(service.browser(), carried)).code).toBe('sign_in_token_already_used_code');
});

test('a revoked or expired ticket has no continuation', async () => {
  const { id, carried, visitor } = await confirmed();
  await service.backend('POST', `/v1/sign_in_tokens/${id}/revoke`);
  expect((await redeem(visitor, carried)).code).toBe('sign_in_token_revoked_code');
});

test('one that nobody made is refused, and one with another secret', async () => {
  const { carried, visitor, id } = await confirmed();
  const forged = `${carried.slice(0, -27)}${'A'.repeat(27)}`;
  expect((await redeem(visitor, forged)).code).toBe('ticket_continuation_expired');
  expect(await service.statusOf(id)).toBe('pending');
});
