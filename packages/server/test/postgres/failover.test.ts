import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type PostgresServer, startPostgres } from '../../../../tooling/postgresql.ts';
import { emptyFolder, startDevelopment } from '../cli/command.ts';
import { addressOf, ask } from '../database/postgres.ts';
import {
  detailsOf,
  issueTickets,
  makeUser,
  type RaceTicket,
  redeemBy,
} from '../exactly-once/race.ts';
import { openVisitor, type Servers, type Visitor } from '../exactly-once/servers.ts';

const isNightly = process.env['WILLCALL_NIGHTLY'] === '1';
const kills = 20;
const visitors = 24;

/** A PostgreSQL of the test's own, and two servers of one instance on it. */
async function startAll(env: Readonly<Record<string, string>> = {}) {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  const url = addressOf(postgres.url('postgres'), 'instance');
  await ask(postgres.url('postgres'), 'CREATE DATABASE instance');
  const folder = await emptyFolder();
  // Hashing passwords would take longer than everything else.
  await writeFile(path.join(folder, 'willcall.config.json'), '{ "password": false }');
  const surroundings = { folder, env: { ...env, DATABASE_URL: url } };
  const first = await startDevelopment(surroundings);
  const second = await startDevelopment(surroundings);
  const urls = [first.ready.url, second.ready.url];
  return { postgres, url, servers: { urls, secretKey: first.ready.secret_key } };
}

interface Caller {
  readonly issued: RaceTicket;
  readonly visitor: Visitor;
  /** The session that a server answered; `undefined` where none did, or it had no database. */
  session?: string | undefined;
}

/** Browsers that have been there before, each with a ticket of its own. */
async function invite(servers: Servers): Promise<readonly Caller[]> {
  const users = await Promise.all(Array.from({ length: 4 }, () => makeUser(servers)));
  const issued = await Promise.all(users.map((id) => issueTickets(servers, id, visitors / 4)));
  const callers = issued.flat().map((each) => ({ issued: each, visitor: openVisitor(servers) }));
  await Promise.all(callers.map(({ visitor }) => visitor.get('/v1/client')));
  return callers;
}

/** Redeems all tickets at once, and lets something happen when so many have an answer. */
async function redeemWhile(
  servers: Servers,
  callers: readonly Caller[],
  answers: number,
  happen: () => Promise<void>,
): Promise<void> {
  let answered = 0;
  let happening: Promise<void> | undefined;
  await Promise.all(
    callers.map(async (caller) => {
      const { status, body } = await redeemBy(servers, caller.issued.ticket, caller.visitor);
      expect([200, 503]).toContain(status);
      if (status === 200) caller.session = body.response.created_session_id ?? 'none';
      answered += 1;
      if (answered >= answers) happening ??= happen();
    }),
  );
  await happening;
}

/** Comes again with the same ticket until a server has a database. */
async function retry(servers: Servers, { issued, visitor }: Caller): Promise<string | null> {
  for (;;) {
    const { status, body } = await redeemBy(servers, issued.ticket, visitor);
    if (status === 503) continue;
    expect([issued.id, status]).toEqual([issued.id, 200]);
    return body.response.created_session_id;
  }
}

/** Nothing acknowledged is lost, everybody else succeeds now, and nobody a second time. */
async function expectWhole(servers: Servers, callers: readonly Caller[]): Promise<void> {
  const opened = new Set<string>();
  for (const caller of callers) {
    const session = await retry(servers, caller);
    if (caller.session !== undefined) expect(session).toBe(caller.session);
    opened.add(session ?? 'none');
    expect((await detailsOf(servers, caller.issued.id)).session_id).toBe(session);
    const stranger = await redeemBy(servers, caller.issued.ticket);
    expect(stranger.code).toBe('sign_in_token_already_used_code');
  }
  expect(opened.size).toBe(callers.length);
}

const twoTickets = async (servers: Servers) => {
  const [one, other] = await issueTickets(servers, await makeUser(servers), 2);
  if (!one || !other) throw new Error('no tickets were issued');
  return [one, other] as const;
};

test.runIf(isNightly)(
  `PostgreSQL killed ${kills} times while tickets are redeemed loses no answer and opens nothing twice`,
  { timeout: 120_000 * kills },
  async () => {
    const { postgres, servers } = await startAll();
    for (let kill = 0; kill < kills; kill++) {
      const callers = await invite(servers);
      await redeemWhile(servers, callers, 1 + (kill % (visitors / 2)), async () => {
        await postgres.kill();
        await postgres.restart();
      });
      await expectWhole(servers, callers);
    }
  },
);

describe.runIf(isNightly)('a replica that takes over', () => {
  test(
    'having followed synchronously lost nothing, and where that was declared nothing ends',
    { timeout: 300_000 },
    async () => {
      const { postgres, url, servers } = await startAll({ WILLCALL_DATABASE_LOSSLESS: 'on' });
      const replica = await postgres.replicate('synchronous');
      const callers = await invite(servers);
      await redeemWhile(servers, callers, 8, () => replica.takeOver());
      await expectWhole(servers, callers);
      expect(await ask(url, 'SELECT * FROM fence_raises')).toEqual([]);
      expect(await ask(url, 'SELECT timeline FROM instance')).toEqual([
        { timeline: expect.stringMatching(/^\d+\/00000002$/) },
      ]);
    },
  );

  test(
    'without the last commits brings no spent ticket back, and ends the sessions from before',
    { timeout: 300_000 },
    async () => {
      const { postgres, url, servers } = await startAll();
      const replica = await postgres.replicate('asynchronous');
      const [lost, unused] = await twoTickets(servers);
      const [kept] = await twoTickets(servers);
      const visitor = openVisitor(servers);
      expect((await redeemBy(servers, kept.ticket, visitor)).status).toBe(200);
      await untilFollowed(postgres);
      await replica.stop();
      // What is acknowledged now, the replica does not know.
      expect((await redeemBy(servers, lost.ticket)).status).toBe(200);
      await replica.takeOver();
      const told = await Promise.all([
        ...Array.from({ length: 16 }, () => redeemBy(servers, lost.ticket)),
        redeemBy(servers, unused.ticket),
      ]);
      expect(new Set(told.map(({ code }) => code))).toEqual(
        new Set(['sign_in_token_revoked_code']),
      );
      expect((await redeemBy(servers, kept.ticket, visitor)).status).not.toBe(200);
      const [fresh] = await twoTickets(servers);
      expect((await redeemBy(servers, fresh.ticket)).status).toBe(200);
      // Two servers saw it, and one raised the fence.
      const raises = await ask(url, 'SELECT epoch, reason FROM fence_raises');
      expect(raises).toEqual([{ epoch: '2', reason: 'timeline' }]);
    },
  );
});

async function untilFollowed(postgres: PostgresServer): Promise<void> {
  const sql = 'SELECT replay_lsn >= pg_current_wal_lsn() AS has FROM pg_stat_replication';
  while ((await ask(postgres.url('postgres'), sql))[0]?.['has'] !== true) {
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}
