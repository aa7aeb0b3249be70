import { setTimeout as pause } from 'node:timers/promises';
import type { ClientJSON, SessionJSON, UserJSON } from '@willcall/contract';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import {
  type PostgresServer,
  type Replica,
  startPostgres,
} from '../../../../tooling/postgresql.ts';
import { openPostgres } from '../../src/store/postgres-engine.ts';
import { openReplicas, type ReplicaOptions } from '../../src/store/postgres-replicas.ts';
import { ask } from '../database/postgres.ts';
import { createPerson, issueTicket, redeem } from '../people.ts';
import { openService } from '../service.ts';

let primary: PostgresServer;
let replica: Replica;

beforeAll(async () => {
  primary = await startPostgres();
  await ask(primary.url('postgres'), 'CREATE DATABASE instance');
  replica = await primary.replicate('asynchronous');
});
afterAll(() => primary.stop());

/** When the replica has all that was committed. */
async function untilFollowed(): Promise<void> {
  const position = 'SELECT pg_current_wal_lsn()::text AS position';
  const [now] = await ask(primary.url('postgres'), position);
  const sql = `SELECT pg_last_wal_replay_lsn() >= '${String(now?.['position'])}' AS has`;
  await expect.poll(async () => (await ask(replica.url('postgres'), sql))[0]?.['has']).toBe(true);
}

const pauseReplay = () => ask(replica.url('instance'), 'SELECT pg_wal_replay_pause()');
const resumeReplay = () => ask(replica.url('instance'), 'SELECT pg_wal_replay_resume()');

/** A service on the primary whose lists come from here, and what it was told of replicas. */
async function openNode(options: Omit<ReplicaOptions, 'onLostReplica'>) {
  const lost: string[] = [];
  const service = await openService({
    database: {
      environment: undefined,
      openingProgram: '',
      open: () => openPostgres({ url: primary.url('instance') }),
      dump: () => ({}),
      close: async () => {},
    },
    replica(engine) {
      const replicas = openReplicas(engine, {
        ...options,
        onLostReplica: ({ reason }) => void lost.push(reason),
      });
      onTestFinished(() => replicas.close());
      return replicas;
    },
  });
  onTestFinished(() => service.close());
  const userIds = async (headers = {}) => {
    const { body } = await service.backend<UserJSON[]>(
      'GET',
      '/v1/users?limit=500',
      undefined,
      headers,
    );
    return body.map(({ id }) => id);
  };
  return { service, userIds, lost };
}

test('a replica answers lists, and never whether a ticket or a session is alive', async () => {
  const { service, userIds } = await openNode({
    urls: [replica.url('instance')],
    mostBehind: 3_600_000,
  });
  const early = await createPerson(service);
  await untilFollowed();
  expect(await userIds()).toContain(early.id);
  await pauseReplay();
  const { id } = await createPerson(service);
  const ticket = await issueTicket(service, id);
  const browser = service.browser();
  const { status, body } = await redeem(browser, ticket.token);
  expect(status).toBe(200);
  const sessionId = body.response.created_session_id;
  // None of it has reached the replica.
  expect(await userIds()).not.toContain(id);
  expect(await userIds()).toContain(early.id);
  const sessions = () => service.backend<SessionJSON[]>('GET', `/v1/sessions?user_id=${id}`);
  expect((await sessions()).body).toEqual([]);
  expect(await userIds({ 'cache-control': 'no-cache' })).toContain(id);
  // And yet everything that counts is known.
  expect((await redeem(service.browser(), ticket.token)).code).toBe(
    'sign_in_token_already_used_code',
  );
  const live = () => browser.get<ClientJSON | null>('/v1/client');
  expect((await live()).body.response?.sessions).toHaveLength(1);
  await service.backend('POST', `/v1/sessions/${sessionId}/revoke`);
  expect((await live()).body.response?.sessions).toEqual([]);
  await resumeReplay();
  await expect.poll(async () => (await sessions()).body).toMatchObject([{ status: 'revoked' }]);
  expect(await userIds()).toContain(id);
});

test('one that is behind is not asked', async () => {
  const { service, userIds, lost } = await openNode({
    urls: [replica.url('instance')],
    mostBehind: 0,
  });
  await pauseReplay();
  const { id } = await createPerson(service);
  expect(await userIds()).toContain(id);
  expect(await userIds()).toContain(id);
  await resumeReplay();
  expect(lost).toEqual(['it is behind']);
});

test('one that nobody asked for a while, or that lacked the last moment once, is not lost', async () => {
  const url = replica.url('instance');
  const { service, userIds, lost } = await openNode({ urls: [url, url, url], mostBehind: 50 });
  await createPerson(service);
  await untilFollowed();
  for (let count = 0; count < 4; count++) {
    await userIds();
    await pause(60);
  }
  await pauseReplay();
  const { id } = await createPerson(service);
  // All three are asked, and lack it.
  expect(await userIds()).toContain(id);
  await resumeReplay();
  await untilFollowed();
  await pause(60);
  expect(await userIds()).toContain(id);
  expect(lost).toEqual([]);
});

test('one that is none, or holds another instance, is not asked', async () => {
  await ask(primary.url('postgres'), 'CREATE DATABASE other TEMPLATE instance');
  await ask(primary.url('other'), "UPDATE instance SET id = 'ins_other'; DELETE FROM users");
  const { service, userIds, lost } = await openNode({
    urls: [primary.url('instance'), replica.url('other')],
  });
  const { id } = await createPerson(service);
  await untilFollowed();
  expect(await userIds()).toContain(id);
  expect(lost.toSorted()).toEqual(['it holds another instance', 'it is no replica']);
});

test('one that stayed in another timeline is not asked, however far it has come', async () => {
  await ask(primary.url('postgres'), 'CREATE DATABASE promoted TEMPLATE instance');
  await ask(primary.url('promoted'), "UPDATE instance SET timeline = '1/00000002'");
  const former = openPostgres({ url: primary.url('promoted') });
  const lost: string[] = [];
  const replicas = openReplicas(former, {
    urls: [replica.url('instance')],
    mostBehind: 0,
    onLostReplica: ({ reason }) => void lost.push(reason),
  });
  const database = async () => (await replicas.get('SELECT current_database() AS name'))?.['name'];
  await untilFollowed();
  expect([await database(), await database()]).toEqual(['promoted', 'promoted']);
  expect(lost).toEqual(['it is behind']);
  await ask(primary.url('promoted'), 'UPDATE instance SET timeline = NULL');
  await untilFollowed();
  await expect.poll(database).toBe('instance');
  await replicas.close();
  await former.close();
});

test('what one is asked is cut off there before nobody waits for it any more', async () => {
  await openNode({ urls: [] });
  const engine = openPostgres({ url: primary.url('instance') });
  const replicas = openReplicas(engine, { urls: [replica.url('instance')] });
  await untilFollowed();
  expect(await replicas.get('SHOW statement_timeout')).toEqual({ statement_timeout: '4s' });
  await replicas.close();
  await engine.close();
});

test('where one does not answer, another does, and at last the primary', async () => {
  const gone = replica.url('instance').replace(/:\d+\//, ':1/');
  const { service, userIds, lost } = await openNode({ urls: [gone, replica.url('instance')] });
  const { id } = await createPerson(service);
  await untilFollowed();
  expect(await userIds()).toContain(id);
  await replica.stop();
  expect(await userIds()).toContain(id);
  expect(await userIds()).toContain(id);
  expect(lost).toHaveLength(2);
});
