import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SessionJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSecretKey, revokeSecretKey } from '../../src/domain/key/secret-key.ts';
import { rotateKeys } from '../../src/world/open-world.ts';
import { createPerson, issueTicket, redeem, signInPerson } from '../people.ts';
import { openService, type TestService } from '../service.ts';

let folder: string;
let nodes: TestService[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'willcall-nodes-'));
  // At once, on a database without an instance: they must find themselves on the same one.
  nodes = await Promise.all([openService({ folder }), openService({ folder })]);
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  await rm(folder, { recursive: true, force: true });
});

function pair(): [TestService, TestService] {
  const [one, other] = nodes;
  if (!one || !other) throw new Error('the nodes did not start');
  return [one, other];
}

/** What may be a second old is older now. */
function pass(): void {
  for (const { clock } of nodes) clock.advance(1000);
}

describe('two nodes on one database', () => {
  test('are one instance with one signing key', async () => {
    const [one, other] = pair();
    expect(other.world.instance.id).toBe(one.world.instance.id);
    const keys = await Promise.all(nodes.map(({ world }) => world.signingKeys.publicKeys()));
    expect(keys[0]).toHaveLength(1);
    expect(keys[1]).toEqual(keys[0]);
  });

  test('take a ticket that the other one issued, and only once', async () => {
    const [one, other] = pair();
    const { id } = await createPerson(one);
    const { token } = await issueTicket(one, id);
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, at) => redeem((at % 2 ? one : other).browser(), token)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ code }) => code))).toEqual(
      new Set(['sign_in_token_already_used_code']),
    );
    const { body } = await other.backend<SessionJSON[]>('GET', `/v1/sessions?user_id=${id}`);
    expect(body).toHaveLength(1);
  });

  test('agree at once on a session that ended', async () => {
    const [one, other] = pair();
    const { user } = await signInPerson(one);
    const list = async () =>
      (await other.backend<SessionJSON[]>('GET', `/v1/sessions?user_id=${user.id}`)).body;
    const [session] = await list();
    expect(session?.status).toBe('active');
    await one.backend('POST', `/v1/sessions/${session?.id}/revoke`);
    expect((await list())[0]?.status).toBe('revoked');
  });

  test('agree within a second on a secret key that was revoked', async () => {
    const [one, other] = pair();
    const { key, secret } = await createSecretKey(one.world, 'soon revoked');
    const authorization = `Bearer ${secret.reveal()}`;
    const ask = async (node: TestService) =>
      (await node.backend('GET', '/v1/users', undefined, { authorization })).status;
    expect([await ask(one), await ask(other)]).toEqual([200, 200]);
    await revokeSecretKey(other.world, key.id);
    expect(await ask(other)).toBe(401);
    pass();
    expect(await ask(one)).toBe(401);
  });

  test('agree within a second on settings', async () => {
    const [one, other] = pair();
    const given = { ...one.world.instance.settings, allowedOrigins: ['https://new.example.com'] };
    await one.world.instance.save(given);
    pass();
    await other.world.instance.refresh();
    expect(other.world.instance.settings).toEqual(given);
  });

  test('agree within a second on a new signing key, and on tokens of the old one', async () => {
    const [one, other] = pair();
    const old = await other.world.signingKeys.sign({}, { who: 'old' });
    const kid = await rotateKeys(one.world.store, 'a secret of the tests that opens nothing else');
    pass();
    const fresh = await other.world.signingKeys.sign({}, { who: 'fresh' });
    expect((await one.world.signingKeys.publicKeys())[0]?.kid).toBe(kid);
    expect(await one.world.signingKeys.verify(fresh)).toEqual({ who: 'fresh' });
    expect(await one.world.signingKeys.verify(old)).toEqual({ who: 'old' });
  });
});
