import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWillcallClient, type WillcallClient } from '@willcall/backend';
import { type RunningServer, startServer } from '../../../tooling/development-server.ts';

let server: RunningServer;
let willcall: WillcallClient;

beforeAll(async () => {
  server = await startServer();
  willcall = createWillcallClient({ apiUrl: server.url, secretKey: server.secret_key });
}, 60_000);

afterAll(() => server?.stop());

test('a created user comes back with what was said of them', async () => {
  const created = await willcall.users.createUser({
    emailAddress: ['ada@example.com', 'ada@work.example.com'],
    username: 'ada',
    firstName: 'Ada',
    lastName: 'L',
    externalId: 'crm-1',
    password: 'correct horse battery',
    publicMetadata: { favouriteColour: 'red', nested: { someKey: 1 } },
    privateMetadata: { plan_code: 'x' },
  });
  const read = await willcall.users.getUser(created.id);
  expect(read).toEqual(created);
  expect(read).toMatchObject({
    username: 'ada',
    firstName: 'Ada',
    lastName: 'L',
    externalId: 'crm-1',
    passwordEnabled: true,
    banned: false,
    locked: false,
    lastSignInAt: undefined,
    publicMetadata: { favouriteColour: 'red', nested: { someKey: 1 } },
    privateMetadata: { plan_code: 'x' },
  });
  expect(read.emailAddresses.map(({ emailAddress }) => emailAddress)).toEqual([
    'ada@example.com',
    'ada@work.example.com',
  ]);
  expect(read.primaryEmailAddress).toMatchObject({
    emailAddress: 'ada@example.com',
    verification: { status: 'verified' },
  });
  expect(Math.abs(read.createdAt - Date.now())).toBeLessThan(60_000);
});

test('users are found by any identifier, with the count of all pages', async () => {
  for (const name of ['bob', 'bea', 'ben']) {
    await willcall.users.createUser({
      emailAddress: [`${name}+plus@list.example`],
      username: name,
      externalId: `list-${name}`,
    });
  }
  const names = async (...params: Parameters<WillcallClient['users']['getUserList']>) =>
    (await willcall.users.getUserList(...params)).data.map(({ username }) => username);

  expect(await names({ emailAddress: 'bob+plus@list.example' })).toEqual(['bob']);
  expect(
    await names({
      emailAddress: ['bob+plus@list.example', 'bea+plus@list.example'],
      orderBy: 'username',
    }),
  ).toEqual(['bea', 'bob']);
  expect(await names({ username: ['ben'] })).toEqual(['ben']);
  expect(await names({ externalId: ['list-bea'] })).toEqual(['bea']);
  expect(await names({ emailAddress: 'nobody@list.example' })).toEqual([]);
  const page = await willcall.users.getUserList({
    query: 'list.example',
    limit: 2,
    offset: 0,
    orderBy: 'username',
  });
  expect(page.data.map(({ username }) => username)).toEqual(['bea', 'ben']);
  expect(page.totalCount).toBe(3);
  expect(await names({ query: 'list.example', limit: 2, offset: 2, orderBy: 'username' })).toEqual([
    'bob',
  ]);
  expect(await willcall.users.getCount({ query: 'list.example' })).toBe(3);
});

test('updating changes what is named, and null empties', async () => {
  const { id } = await willcall.users.createUser({
    emailAddress: ['cleo@example.com'],
    firstName: 'Cleo',
    lastName: 'P',
  });
  const updated = await willcall.users.updateUser(id, {
    lastName: null,
    username: 'cleo',
    publicMetadata: { a: 1 },
  });
  expect(updated).toMatchObject({
    firstName: 'Cleo',
    lastName: undefined,
    username: 'cleo',
    publicMetadata: { a: 1 },
  });
  const merged = await willcall.users.updateUserMetadata(id, {
    publicMetadata: { a: null, b: { camelCase: 2 } },
  });
  expect(merged.publicMetadata).toEqual({ b: { camelCase: 2 } });
});

test('a ban and a lock keep a user out until they are lifted', async () => {
  const { id: userId } = await willcall.users.createUser({ emailAddress: ['dan@example.com'] });
  expect((await willcall.users.banUser(userId)).banned).toBe(true);
  await expect(willcall.signInTokens.createSignInToken({ userId })).rejects.toMatchObject({
    code: 'user_banned',
    status: 403,
  });
  expect((await willcall.users.unbanUser(userId)).banned).toBe(false);
  expect((await willcall.users.lockUser(userId)).locked).toBe(true);
  await expect(willcall.signInTokens.createSignInToken({ userId })).rejects.toMatchObject({
    code: 'user_locked',
    status: 403,
  });
  expect((await willcall.users.unlockUser(userId)).locked).toBe(false);
  expect((await willcall.signInTokens.createSignInToken({ userId })).status).toBe('pending');
});

test('a password is verified, and a wrong one is refused without being quoted', async () => {
  const { id: userId } = await willcall.users.createUser({
    emailAddress: ['eve@example.com'],
    password: 'correct horse battery',
  });
  expect(
    await willcall.users.verifyPassword({ userId, password: 'correct horse battery' }),
  ).toEqual({ verified: true });
  const error = await willcall.users
    .verifyPassword({ userId, password: 'hunter2hunter2' })
    .catch((refusal: unknown) => refusal);
  expect(error).toMatchObject({ code: 'form_password_incorrect', status: 422 });
  expect(`${JSON.stringify(error)} ${String(error)}`).not.toContain('hunter2');
});

test('a deleted user is gone', async () => {
  const { id } = await willcall.users.createUser({ emailAddress: ['fay@example.com'] });
  expect(await willcall.users.deleteUser(id)).toEqual({ id, deleted: true });
  await expect(willcall.users.getUser(id)).rejects.toMatchObject({
    code: 'resource_not_found',
    status: 404,
  });
});

test('a taken address is refused, and the error says which field', async () => {
  await willcall.users.createUser({ emailAddress: ['gus@example.com'] });
  const again = willcall.users.createUser({ emailAddress: ['gus@example.com'] });
  await expect(again).rejects.toMatchObject({
    code: 'form_identifier_exists',
    meta: { param_name: 'email_address' },
  });
  expect(await willcall.users.getCount({ emailAddress: 'gus@example.com' })).toBe(1);
});

test('an empty filter is a TypeError and does not answer everybody', async () => {
  await expect(willcall.users.getUserList({ emailAddress: [] })).rejects.toThrow(TypeError);
  await expect(willcall.users.getUserList({ emailAddress: '' })).rejects.toThrow(TypeError);
  await expect(willcall.users.getUser('..')).rejects.toThrow(TypeError);
});
