import type { ClerkClient } from '@clerk/backend';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBackend } from './backend.ts';
import { newAddress } from '../tooling/new-address.ts';
import { startServer, type RunningServer } from './server.ts';

let server: RunningServer;
let clerk: ClerkClient;
let userId: string;

beforeAll(async () => {
  server = await startServer();
  clerk = openBackend(server);
  const user = await clerk.users.createUser({ emailAddress: ['subject@example.com'] });
  userId = user.id;
}, 60_000);

afterAll(() => server?.stop());

test('an actor token tells who acts as whom, carries a ticket and a link, and is revoked', async () => {
  const issued = await clerk.actorTokens.create({
    userId,
    actor: { sub: 'user_support' },
    expiresInSeconds: 600,
    sessionMaxDurationInSeconds: 1200,
  });
  expect(issued).toMatchObject({ userId, actor: { sub: 'user_support' }, status: 'pending' });
  expect(issued.createdAt).toBeGreaterThan(Date.now() - 60_000);
  const link = new URL(issued.url ?? '');
  expect(link.origin).toBe(server.url);
  expect(link.searchParams.get('__clerk_ticket')).toBe(issued.token);

  const revoked = await clerk.actorTokens.revoke(issued.id);
  expect(revoked).toMatchObject({ id: issued.id, userId, status: 'revoked', token: undefined });
  await expect(clerk.actorTokens.revoke(issued.id)).rejects.toMatchObject({
    status: 400,
    errors: [{ code: 'actor_token_cannot_be_revoked_code' }],
  });
});

test('an invitation is created with a link, listed, and revoked', async () => {
  const emailAddress = newAddress('invited');
  const created = await clerk.invitations.createInvitation({
    emailAddress,
    publicMetadata: { row: 4 },
    redirectUrl: 'http://localhost:5173/sign-up',
    expiresInDays: 2,
  });
  expect(created).toMatchObject({
    emailAddress,
    status: 'pending',
    revoked: false,
    publicMetadata: { row: 4 },
  });
  expect(new URL(created.url ?? '').pathname).toBe('/v1/tickets/accept');

  const listed = await clerk.invitations.getInvitationList({ status: 'pending', limit: 5 });
  expect(listed.totalCount).toBe(1);
  expect(listed.data.map(({ id, url }) => [id, url])).toEqual([[created.id, undefined]]);

  const revoked = await clerk.invitations.revokeInvitation(created.id);
  expect(revoked).toMatchObject({ id: created.id, emailAddress, status: 'revoked', revoked: true });
  const pending = await clerk.invitations.getInvitationList({ status: 'pending' });
  expect(pending).toMatchObject({ data: [], totalCount: 0 });
});

test('invitations are created together', async () => {
  const emailAddresses = [newAddress('one'), newAddress('two')];
  const created = await clerk.invitations.createInvitationBulk(
    emailAddresses.map((emailAddress) => ({ emailAddress, notify: false })),
  );
  expect(created.map(({ emailAddress }) => emailAddress)).toEqual(emailAddresses);
  expect(new Set(created.map(({ url }) => url)).size).toBe(2);
});

test('an address that is invited already is refused with its code', async () => {
  const emailAddress = newAddress('twice');
  const invite = () => clerk.invitations.createInvitation({ emailAddress, notify: false });
  await invite();
  await expect(invite()).rejects.toMatchObject({
    clerkError: true,
    errors: [{ code: 'duplicate_record' }],
  });
});

test('a user is created with an authenticator app and backup codes, and loses both', async () => {
  const created = await clerk.users.createUser({
    emailAddress: [newAddress('careful')],
    totpSecret: 'JBSWY3DPEHPK3PXP',
    backupCodes: ['a backup code of mine'],
  });
  expect(created).toMatchObject({
    totpEnabled: true,
    backupCodeEnabled: true,
    twoFactorEnabled: true,
  });
  const code = new TOTP({ secret: 'JBSWY3DPEHPK3PXP' }).generate();
  const verified = await clerk.users.verifyTOTP({ userId: created.id, code });
  expect(verified).toEqual({ verified: true, code_type: 'totp' });
  await clerk.users.disableUserMFA(created.id);
  const after = await clerk.users.getUser(created.id);
  expect(after).toMatchObject({ totpEnabled: false, backupCodeEnabled: false });
});
