import { type ErrorCode, errorStatus, type ErrorsJSON } from '@willcall/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPerson, issueTicket, redeem } from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

/** A ticket of this kind for a new person. */
async function ticketOf(kind: 'sign_in_tokens' | 'actor_tokens') {
  const user = await createPerson(service);
  const fields = kind === 'actor_tokens' ? { actor: { sub: 'support' } } : {};
  const { body } = await service.backend<{ id: string; token: string }>('POST', `/v1/${kind}`, {
    user_id: user.id,
    expires_in_seconds: 60,
    ...fields,
  });
  return { ...body, userId: user.id };
}

/** What a browser is told that redeems this ticket. */
function answerTo(ticket: string) {
  return redeem(service.browser(), ticket);
}

/** How each refusal comes to be. */
const refusals: Partial<Record<ErrorCode, () => ReturnType<typeof answerTo>>> = {
  ticket_invalid_code: () => answerTo('no ticket at all'),
  async ticket_expired_code() {
    const { token } = await ticketOf('sign_in_tokens');
    service.clock.advance(60_000);
    return answerTo(token);
  },
  async sign_in_token_already_used_code() {
    const { token } = await ticketOf('sign_in_tokens');
    await answerTo(token);
    return answerTo(token);
  },
  async sign_in_token_revoked_code() {
    const { id, token } = await ticketOf('sign_in_tokens');
    await service.backend('POST', `/v1/sign_in_tokens/${id}/revoke`);
    return answerTo(token);
  },
  async sign_in_token_cannot_be_used_code() {
    const { token, userId } = await ticketOf('sign_in_tokens');
    await service.backend('DELETE', `/v1/users/${userId}`);
    return answerTo(token);
  },
  async sign_in_token_not_in_sign_in_code() {
    const { token } = await ticketOf('sign_in_tokens');
    return service.browser().post('/v1/client/sign_ups', { strategy: 'ticket', ticket: token });
  },
  async actor_token_already_used_code() {
    const { token } = await ticketOf('actor_tokens');
    await answerTo(token);
    return answerTo(token);
  },
  async actor_token_revoked_code() {
    const { id, token } = await ticketOf('actor_tokens');
    await service.backend('POST', `/v1/actor_tokens/${id}/revoke`);
    return answerTo(token);
  },
  async actor_token_subject_not_found() {
    const { token, userId } = await ticketOf('actor_tokens');
    await service.backend('DELETE', `/v1/users/${userId}`);
    return answerTo(token);
  },
  async session_exists() {
    const user = await createPerson(service);
    const browser = service.browser();
    await redeem(browser, (await issueTicket(service, user.id)).token);
    return redeem(browser, (await issueTicket(service, user.id)).token);
  },
  async user_banned() {
    const { token, userId } = await ticketOf('sign_in_tokens');
    await service.backend('POST', `/v1/users/${userId}/ban`);
    return answerTo(token);
  },
  async user_locked() {
    const { token, userId } = await ticketOf('sign_in_tokens');
    await service.backend('POST', `/v1/users/${userId}/lock`);
    return answerTo(token);
  },
};

test.each(Object.entries(refusals))(
  '%s is answered with its status and a sentence, and names no field',
  async (code, refuse) => {
    const answer = await refuse();
    expect([answer.code, answer.status]).toEqual([code, errorStatus[code as ErrorCode]]);
    const [error] = (answer.body as ErrorsJSON).errors;
    expect(error?.message).toMatch(/^[A-Z].{20,}\.$/);
    expect(error?.meta).not.toHaveProperty('param_name');
  },
);

test('the statuses are those of the wire', () => {
  const others = { actor_token_subject_not_found: 404, user_banned: 403, user_locked: 403 };
  for (const code of Object.keys(refusals))
    expect([code, errorStatus[code as ErrorCode]]).toEqual([
      code,
      others[code as keyof typeof others] ?? 400,
    ]);
});

test.each(['strategy=ticket&ticket=', 'ticket=', 'strategy=&ticket='])(
  'a ticket is read from %s',
  async (form) => {
    const { token } = await ticketOf('sign_in_tokens');
    const fields = Object.fromEntries(new URLSearchParams(form + token));
    const { status, body } = await service
      .browser()
      .post<{ status: string }>('/v1/client/sign_ins', fields);
    expect([status, body.response.status]).toEqual([200, 'complete']);
  },
);
