import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from '../browser.ts';
import { createPerson, issueTicket, redeem } from '../people.ts';
import { openService, type TestService } from '../service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

/** A ticket, and the browser that has just redeemed it and heard the answer. */
async function redeemed() {
  const { token } = await issueTicket(service, (await createPerson(service)).id);
  const browser = service.browser();
  await browser.get('/v1/client');
  const { body } = await redeem(browser, token);
  return { token, browser, sessionId: body.response.created_session_id };
}

async function visited(): Promise<Browser> {
  const browser = service.browser();
  await browser.get('/v1/client');
  return browser;
}

test.each([0, 1, 30_000, 60_000])(
  'a reload after %d ms gets the session again, and writes nothing',
  async (milliseconds) => {
    const { token, browser, sessionId } = await redeemed();
    service.clock.advance(milliseconds);
    const before = service.dump();
    for (let more = 0; more < 3; more++) {
      const again = await redeem(browser, token);
      expect([again.status, again.body.response.created_session_id]).toEqual([200, sessionId]);
    }
    expect(service.dump()).toEqual(before);
  },
);

test('a reload after the minute is told that the ticket was used, and stays signed in', async () => {
  const { token, browser, sessionId } = await redeemed();
  service.clock.advance(60_001);
  expect((await redeem(browser, token)).code).toBe('sign_in_token_already_used_code');
  const { status } = await browser.post(`/v1/client/sessions/${sessionId}/tokens`);
  expect(status).toBe(200);
});

test('another browser never gets it: without cookies, with its own, or between two tries', async () => {
  const { token, browser, sessionId } = await redeemed();
  for (const other of [service.browser(), await visited()])
    expect((await redeem(other, token)).code).toBe('sign_in_token_already_used_code');
  expect((await redeem(browser, token)).body.response.created_session_id).toBe(sessionId);
});

test.each([
  ['revoked', (id: string) => service.backend('POST', `/v1/sessions/${id}/revoke`)],
  [
    'signed out of',
    (_id: string, browser: Browser) => browser.post('/v1/client/sessions?_method=DELETE'),
  ],
] as const)('a session that was %s is not given again', async (_how, end) => {
  const { token, browser, sessionId } = await redeemed();
  await end(sessionId ?? '', browser);
  expect((await redeem(browser, token)).code).toBe('sign_in_token_already_used_code');
  expect(
    (await browser.get<{ sessions: unknown[] }>('/v1/client')).body.response?.sessions ?? [],
  ).toEqual([]);
});

test('two calls at once of one browser, as of a double click or a double mount, get one session', async () => {
  const { token } = await issueTicket(service, (await createPerson(service)).id);
  const browser = await visited();
  const answers = await Promise.all([redeem(browser, token), redeem(browser, token)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const sessions = answers.map(({ body }) => body.response.created_session_id);
  expect(new Set(sessions).size).toBe(1);
});
