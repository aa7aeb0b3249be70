import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SignInJSON, SignInTokenDetailsJSON, SignInTokenJSON } from '@willcall/contract';
import { describe, expect, onTestFinished, test } from 'vitest';
import { codeOf } from '../authenticator.ts';
import type { Browser } from '../browser.ts';
import { freshAddress, invite, signUp } from '../invited.ts';
import { createPerson, issueTicket, redeem } from '../people.ts';
import { openService, type TestService } from '../service.ts';
import { isOnPostgres } from '../database/test-database.ts';
import { openStriker, type Striker, takeImage } from './crash-points.ts';
import { findHalvesIn } from './whole.ts';

/** Without passwords an invitation alone makes an account. */
const settings = { strategies: { password: false, emailCode: true } };

const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

/** A service of which each database error and each crash can be chosen. */
async function openStruck() {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-crash-'));
  const striker = openStriker();
  const service = await openService({ folder, settings, before: striker.before });
  onTestFinished(async () => {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { folder, striker, service };
}

/** An act of a client that is cut off, and what must be so after its retry. */
interface Prepared {
  readonly userId: string;
  /** The token that it is about, if there is one before. */
  readonly tokenId?: string;
  /** The browser that acts; any where nothing is said. */
  readonly browser?: Browser;
  /** Answers the HTTP status. */
  readonly act: (at: TestService, by: Browser) => Promise<number>;
  /** Judges the retry by its status, and the service after it. */
  readonly judge: (at: TestService, by: Browser, status: number) => Promise<void>;
}

async function detailsOf(at: TestService, id: string): Promise<SignInTokenDetailsJSON> {
  return (await at.backend<SignInTokenDetailsJSON>('GET', `/v1/sign_in_tokens/${id}`)).body;
}

function sessionsOf(at: TestService, userId: string) {
  return (at.dump()['sessions'] ?? []).filter((row) => row['user_id'] === userId);
}

/** The retry opened the one session of the ticket, and nobody else gets another. */
async function expectOneSession(
  at: TestService,
  issued: { id: string; token: string; user_id: string },
): Promise<void> {
  const { status, session_id: sessionId } = await detailsOf(at, issued.id);
  expect(status).toBe('accepted');
  expect((await redeem(at.browser(), issued.token)).code).toBe('sign_in_token_already_used_code');
  expect(sessionsOf(at, issued.user_id).map(({ id }) => id)).toEqual([sessionId]);
}

const acts: Readonly<Record<string, (service: TestService) => Promise<Prepared>>> = {
  issue: async (service) => {
    const user = await createPerson(service);
    let token = '';
    return {
      userId: user.id,
      async act(at) {
        const { status, body } = await at.backend<SignInTokenJSON>('POST', '/v1/sign_in_tokens', {
          user_id: user.id,
        });
        token = body.token ?? '';
        return status;
      },
      async judge(_at, browser, status) {
        expect(status).toBe(200);
        expect((await redeem(browser, token)).status).toBe(200);
      },
    };
  },
  redeem: async (service) => {
    const issued = await issueTicket(service, (await createPerson(service)).id);
    const browser = service.browser();
    await browser.get('/v1/client');
    return {
      userId: issued.user_id,
      tokenId: issued.id,
      browser,
      act: async (_at, by) => (await redeem(by, issued.token)).status,
      async judge(at, _by, status) {
        expect(status).toBe(200);
        await expectOneSession(at, issued);
      },
    };
  },
  'redeem with a second factor': async (service) => {
    const user = await createPerson(service, { totp_secret: totpSecret });
    const issued = await issueTicket(service, user.id);
    const browser = service.browser();
    const { body } = await redeem(browser, issued.token);
    const url = `/v1/client/sign_ins/${body.response.id}/attempt_second_factor`;
    return {
      userId: user.id,
      tokenId: issued.id,
      browser,
      async act(at, by) {
        // A code counts once, and the app shows another one half a minute later.
        const answer = await by.post<SignInJSON>(url, {
          strategy: 'totp',
          code: codeOf(totpSecret, at.clock),
        });
        return answer.status;
      },
      async judge(at, by, status) {
        let last = status;
        if (last !== 200) {
          at.clock.advance(30_000);
          const code = codeOf(totpSecret, at.clock);
          last = (await by.post(url, { strategy: 'totp', code })).status;
        }
        expect(last).toBe(200);
        await expectOneSession(at, issued);
      },
    };
  },
  revoke: async (service) => {
    const issued = await issueTicket(service, (await createPerson(service)).id);
    return {
      userId: issued.user_id,
      tokenId: issued.id,
      act: async (at) =>
        (await at.backend('POST', `/v1/sign_in_tokens/${issued.id}/revoke`)).status,
      async judge(at, browser, status) {
        // Where the first call was committed, the second one is told that it is done.
        expect([200, 400, 409, 422]).toContain(status);
        expect((await detailsOf(at, issued.id)).status).toBe('revoked');
        expect((await redeem(browser, issued.token)).code).toBe('sign_in_token_revoked_code');
        expect(sessionsOf(at, issued.user_id)).toEqual([]);
      },
    };
  },
  'sign up by invitation': async (service) => {
    const address = freshAddress();
    const { ticket, id } = await invite(service, { email_address: address });
    const browser = service.browser();
    await browser.get('/v1/client');
    return {
      userId: 'nobody yet',
      browser,
      act: async (_at, by) => (await signUp(by, ticket)).status,
      async judge(at, _by, status) {
        expect(status).toBe(200);
        const invitation = at.dump()['invitations']?.find((row) => row['id'] === id);
        expect(invitation?.['status']).toBe('accepted');
        const made = at.dump()['identifications']?.filter((row) => row['value'] === address);
        expect(made?.map((row) => row['user_id'])).toEqual([invitation?.['accepted_user_id']]);
        expect(sessionsOf(at, String(invitation?.['accepted_user_id']))).toHaveLength(1);
        expect((await signUp(at.browser(), ticket)).code).toBe('invitation_already_accepted');
      },
    };
  },
};

/** A service over what a crash left, with the clock and the cookies of before. */
async function reopen(place: string, before: TestService): Promise<TestService> {
  const service = await openService({ folder: place, settings });
  service.clock.advance(before.clock.now() - service.clock.now());
  return service;
}

function withCookiesOf(browser: Browser | undefined, service: TestService): Browser {
  const again = service.browser();
  for (const [name, value] of browser?.cookies ?? []) again.cookies.set(name, value);
  return again;
}

/**
 * Crashes at a point; `undefined` where the act has none of this number. Answers where the database
 * is that the crash left: the files as they were, or the shared database, to which a process that
 * ended says nothing more.
 */
async function crashAt(
  point: number,
  { folder, striker }: { folder: string; striker: Striker },
  act: () => Promise<unknown>,
): Promise<string | undefined> {
  let place = folder;
  if (isOnPostgres()) {
    const end = () => {
      throw new Error('the process ended');
    };
    await striker.arm(point, end, true);
  } else {
    await striker.arm(point, () => {
      place = takeImage(folder);
    });
  }
  await act();
  return striker.disarm() ? place : undefined;
}

// A full disk, an error of input or output, a database that is busy or gives up waiting:
// sqlite.org/rescode.html, postgresql.org/docs/current/errcodes-appendix.html.
const errors = isOnPostgres()
  ? [
      { code: '57014', severity: 'ERROR' },
      { code: '55P03', severity: 'ERROR' },
    ]
  : [13, 10, 5].map((errcode) => ({ code: 'ERR_SQLITE_ERROR', errcode }));

describe.each(Object.entries(acts))('%s', { timeout: 180_000 }, (name, prepare) => {
  test('cut off by a crash at any statement leaves nothing half, and the retry succeeds', async () => {
    const struck = await openStruck();
    const { service } = struck;
    let points = 0;
    for (; ; points++) {
      const { browser = service.browser(), act, judge } = await prepare(service);
      const cookies = withCookiesOf(browser, service);
      const place = await crashAt(points, struck, () => act(service, browser));
      if (place === undefined) break;
      expect([points, ...(await findHalvesIn(place))]).toEqual([points]);
      const after = await reopen(place, service);
      // The answer never came: the cookies are those of before.
      const retrying = withCookiesOf(cookies, after);
      await judge(after, retrying, await act(after, retrying));
      service.clock.advance(after.clock.now() - service.clock.now());
      await after.close();
      expect([points, ...(await findHalvesIn(place))]).toEqual([points]);
    }
    expect(points).toBeGreaterThanOrEqual(isOnPostgres() ? 2 : 3);
  });

  test('that meets a database error at any statement is answered 503, leaves nothing half, and can be repeated', async () => {
    const { striker, service } = await openStruck();
    for (const error of errors) {
      let points = 0;
      for (; ; points++) {
        const prepared = await prepare(service);
        const { userId, tokenId, browser = service.browser(), act, judge } = prepared;
        const cookies = withCookiesOf(browser, service);
        const before = service.dump();
        let isWritten = false;
        await striker.arm(points, (isCommitted) => {
          isWritten = isCommitted;
          throw Object.assign(new Error('no'), error);
        });
        const status = await act(service, browser);
        if (!striker.disarm()) break;
        expect([points, status]).toEqual([points, 503]);
        if (!isWritten) {
          expect(sessionsOf(service, userId)).toEqual([]);
          if (tokenId) expect((await detailsOf(service, tokenId)).status).toBe('pending');
          // The step of a sign-in counts its tries in a write of its own.
          if (name !== 'redeem with a second factor') expect(service.dump()).toEqual(before);
        }
        await judge(service, cookies, await act(service, cookies));
      }
      expect(points).toBeGreaterThanOrEqual(isOnPostgres() ? 2 : 3);
    }
  });
});
