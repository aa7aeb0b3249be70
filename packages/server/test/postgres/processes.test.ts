import { setTimeout as pause } from 'node:timers/promises';
import { expect, inject, test } from 'vitest';
import { emptyFolder, startDevelopment, willcall } from '../cli/command.ts';
import { redeemLink } from '../cli/redeem.ts';
import { addressOf, ask } from '../database/postgres.ts';

const second = 1000;

test('two server processes agree on sessions at once, and within a second on all that they remember', async () => {
  const server = inject('postgresUrl');
  const name = `processes_${process.pid}`;
  await ask(server, `CREATE DATABASE ${name}`);
  const surroundings = {
    folder: await emptyFolder(),
    env: { DATABASE_URL: addressOf(server, name) },
  };
  const { ready: one } = await startDevelopment(surroundings);
  const { ready: other } = await startDevelopment(surroundings);
  async function call<Answer>(
    at: typeof one,
    method: string,
    place: string,
    { body, key = one.secret_key }: { body?: object; key?: string } = {},
  ) {
    const answer = await fetch(`${at.url}/v1${place}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: (text && JSON.parse(text)) as Answer };
  }

  const { body: redeemed } = await redeemLink(one.sign_in_link, other.url);
  const session = `/sessions/${redeemed.response?.created_session_id}`;
  const statusAt = async (at: typeof one) =>
    (await call<{ status: string }>(at, 'GET', session)).body.status;
  expect([await statusAt(one), await statusAt(other)]).toEqual(['active', 'active']);
  await call(one, 'POST', `${session}/revoke`);
  expect(await statusAt(other)).toBe('revoked');

  const issue = () =>
    call(other, 'POST', '/sign_in_tokens', {
      body: { user_id: one.demo_user_id, redirect_url: 'https://new.example.com/inbox' },
    });
  expect((await issue()).status).toBe(422);
  const settings = { body: { allowed_origins: ['https://new.example.com'] } };
  expect((await call(one, 'PATCH', '/instance', settings)).status).toBe(204);
  await pause(second);
  expect((await issue()).status).toBe(200);

  const made = await willcall(['keys', 'create', '--name', 'shop', '--json'], surroundings);
  const key = JSON.parse(made.stdout) as { id: string; secret_key: string };
  const useKey = async () => (await call(other, 'GET', '/users', { key: key.secret_key })).status;
  expect(await useKey()).toBe(200);
  expect((await willcall(['keys', 'revoke', key.id], surroundings)).code).toBe(0);
  await pause(second);
  expect(await useKey()).toBe(401);

  const kidsAt = async (at: typeof one) =>
    (await call<{ keys: readonly { kid: string }[] }>(at, 'GET', '/jwks')).body.keys.map(
      ({ kid }) => kid,
    );
  const [old] = await kidsAt(other);
  const rotated = await willcall(['keys', 'rotate'], surroundings);
  await pause(second);
  const kids = [rotated.stdout.trim(), old];
  expect([await kidsAt(one), await kidsAt(other)]).toEqual([kids, kids]);
});
