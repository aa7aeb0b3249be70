import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessionEntry } from '../src/domain/audit-log/session-entry.ts';
import { noBrowser } from '../src/domain/client/identify.ts';
import { draftSession } from '../src/domain/session/open.ts';
import { draftSignIn } from '../src/domain/sign-in/sign-in.ts';
import { draftSignUp } from '../src/domain/sign-up/sign-up.ts';
import type { Actor } from '../src/domain/sign-in-token/sign-in-token.ts';
import { draftUser } from '../src/domain/user/create.ts';
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
  const live = await service.world.store.sessions.listLiveOfUser(user.id, service.clock.now(), 10);
  expect(live).toHaveLength(1);
});

test.each(['sign_in', 'sign_up'] as const)(
  'an attempt that the fence ended after the checks opens nothing: %s',
  async (kind) => {
    const { world, clock } = service;
    const input = { emailAddresses: [`${kind}@example.com`] };
    const user = await draftUser(world, input, {
      isVerified: true,
      verificationStrategy: 'email_code',
    });
    const { id: userId } = kind === 'sign_in' ? await createPerson(service) : user;
    const opened = draftSession(world, noBrowser, userId, { strategy: 'email_code' });
    const { session, client } = opened;
    const signIn = { ...draftSignIn(world, client.id), userId };
    const signUp = draftSignUp(world, client.id);
    const pointer = { id: client.id, now: clock.now() };
    if (kind === 'sign_in') await world.store.signIns.add(signIn, pointer);
    else await world.store.signUps.add(signUp, pointer);
    await world.store.fence.raise({ reason: 'operator', now: clock.now() });
    const before = service.dump();
    const end = { status: 'complete', createdSessionId: session.id } as const;
    const outcome = await world.store.openings.open(
      {
        ...opened,
        formerClientId: undefined,
        devBrowserHash: undefined,
        attempt:
          kind === 'sign_in'
            ? { kind, signIn: { ...signIn, ...end }, isNew: false }
            : { kind, signUp: { ...signUp, ...end, createdUserId: userId }, user, isNew: false },
        auditEntry: sessionEntry(world, noBrowser, session, undefined),
        consumedToken: undefined,
      },
      clock.now(),
    );
    expect(outcome).toBe('attempt_not_open');
    expect(service.dump()).toEqual(before);
  },
);
