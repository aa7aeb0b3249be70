import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessionEntry } from '../src/domain/audit-log/session-entry.ts';
import { noBrowser } from '../src/domain/client/identify.ts';
import { draftSession } from '../src/domain/session/open.ts';
import { draftSignIn } from '../src/domain/sign-in/sign-in.ts';
import type { Actor } from '../src/domain/sign-in-token/sign-in-token.ts';
import { createPerson, issueTicket, redeem } from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

/** The transaction of a redemption whose checks were passed a moment ago. */
function open(userId: string, tokenId: string, actor?: Actor) {
  const opened = draftSession(service.world, noBrowser, userId, { strategy: 'ticket', actor });
  const signIn = {
    ...draftSignIn(service.world, opened.client.id),
    status: 'complete',
    userId,
    createdSessionId: opened.session.id,
  } as const;
  return service.world.store.openings.open(
    {
      ...opened,
      formerClientId: undefined,
      devBrowserHash: undefined,
      attempt: { kind: 'sign_in', signIn, isNew: true },
      auditEntry: sessionEntry(service.world, noBrowser, opened.session, tokenId),
      consumedToken: { id: tokenId, lateBy: 0, address: undefined, device: undefined },
    },
    service.clock.now(),
  );
}

test.each([
  [
    'banned',
    'user_not_usable',
    (userId: string) => service.backend('POST', `/v1/users/${userId}/ban`),
  ],
  [
    'locked',
    'user_not_usable',
    (userId: string) => service.backend('POST', `/v1/users/${userId}/lock`),
  ],
  [
    'deleted',
    'user_not_usable',
    (userId: string) => service.backend('DELETE', `/v1/users/${userId}`),
  ],
  [
    'signed in by it',
    'token_not_pending',
    (userId: string, tokenId: string) => open(userId, tokenId),
  ],
  [
    'left without it',
    'token_not_pending',
    (_userId: string, tokenId: string) =>
      service.backend('POST', `/v1/sign_in_tokens/${tokenId}/revoke`),
  ],
] as const)(
  'a ticket whose user was %s after the checks opens nothing: %s',
  async (_what, outcome, meanwhile) => {
    const { id: userId } = await createPerson(service);
    const { id: tokenId } = await issueTicket(service, userId);
    await meanwhile(userId, tokenId);
    const before = service.dump();
    expect(await open(userId, tokenId)).toBe(outcome);
    expect(service.dump()).toEqual(before);
  },
);

test('nobody acts for a user who was banned after the checks', async () => {
  const { id: userId } = await createPerson(service);
  const { id: tokenId } = await issueTicket(service, userId);
  await service.backend('POST', `/v1/users/${userId}/ban`);
  const before = service.dump();
  expect(await open(userId, tokenId, { sub: 'support' })).toBe('user_not_usable');
  expect(service.dump()).toEqual(before);
});

test('a signature that fails beside the transaction fails one answer, and harms neither session nor server', async () => {
  const user = await createPerson(service);
  const { token } = await issueTicket(service, user.id);
  const { signingKeys } = service.world;
  const { sign } = signingKeys;
  Object.assign(signingKeys, { sign: () => Promise.reject(new Error('no thread is left')) });
  try {
    const both = [service.browser(), service.browser()];
    const answers = await Promise.all(both.map((browser) => redeem(browser, token)));
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      400, 500,
    ]);
  } finally {
    Object.assign(signingKeys, { sign });
  }
  const live = await service.world.store.sessions.listLiveOfUser(user.id, service.clock.now());
  expect(live).toHaveLength(1);
});
