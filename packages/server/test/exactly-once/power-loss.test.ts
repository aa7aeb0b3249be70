import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqlite } from '../../src/store/sqlite-engine.ts';
import { createPerson, issueTicket, redeem } from '../people.ts';
import { openService, type TestService } from '../service.ts';
import { seeded } from './seeded.ts';
import { findHalves } from './whole.ts';

/*
 * What a loss of power may leave: everything up to the last sync, and after it any part of what
 * was written later, in any state. A commit is acknowledged after its sync, so the length of the
 * log at that moment is what must survive.
 */

interface Acknowledged {
  readonly tokenId: string;
  readonly ticket: string;
  /** The length of the log when the answer came. */
  readonly length: number;
}

const random = seeded(11);

const isNightly = process.env['WILLCALL_NIGHTLY'] === '1';

let folder: string;
let service: TestService;
let pages: Buffer;
let log: Buffer;
const acknowledged: Acknowledged[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'willcall-power-'));
  service = await openService({ folder });
  const user = await createPerson(service);
  const issued = await Promise.all(Array.from({ length: 24 }, () => issueTicket(service, user.id)));
  // Begins a log of which every page is of a redemption, and which no checkpoint touches.
  const database = new DatabaseSync(path.join(folder, 'willcall.db'));
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  for (const { id, token } of issued) {
    expect((await redeem(service.browser(), token)).status).toBe(200);
    const { size } = statSync(path.join(folder, 'willcall.db-wal'));
    acknowledged.push({ tokenId: id, ticket: token, length: size });
  }
  pages = readFileSync(path.join(folder, 'willcall.db'));
  log = readFileSync(path.join(folder, 'willcall.db-wal'));
});
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

/** A folder with these files, as the machine finds them when it starts again. */
function lay(database: Buffer, tail: Buffer): string {
  const place = mkdtempSync(path.join(folder, 'lost-'));
  writeFileSync(path.join(place, 'willcall.db'), database);
  writeFileSync(path.join(place, 'willcall.db-wal'), tail);
  return place;
}

/** The tokens that are spent in a database. */
function spentIn(place: string): ReadonlySet<string> {
  const database = new DatabaseSync(path.join(place, 'willcall.db'));
  const rows = database.prepare("SELECT id FROM sign_in_tokens WHERE status = 'accepted'").all();
  database.close();
  return new Set(rows.map(({ id }) => String(id)));
}

/** Every acknowledged redemption is there, nothing is half, and what was lost was lost whole. */
function expectSafe(place: string, kept: number, what: string): void {
  expect([what, ...findHalves(path.join(place, 'willcall.db'))]).toEqual([what]);
  const spent = spentIn(place);
  const lost = acknowledged.slice(0, kept).filter(({ tokenId }) => !spent.has(tokenId));
  expect([what, lost]).toEqual([what, []]);
}

/** Ways to spoil what follows the last sync. */
const spoilers: Readonly<Record<string, (tail: Buffer) => Buffer>> = {
  'cut off': () => Buffer.alloc(0),
  'cut off within a page': (tail) => tail.subarray(0, Math.floor(random() * tail.length)),
  'cut off within a frame header': (tail) => tail.subarray(0, 13),
  'cut off one byte early': (tail) => tail.subarray(0, -1),
  'all zeros': (tail) => Buffer.alloc(tail.length),
  garbage: (tail) => randomBytes(tail.length),
  'its last page zero': (tail) => Buffer.concat([tail.subarray(0, -4096), Buffer.alloc(4096)]),
  'its first page zero': (tail) =>
    Buffer.concat([tail.subarray(0, 24), Buffer.alloc(4096), tail.subarray(24 + 4096)]),
  'one bit flipped': (tail) => {
    const torn = Buffer.from(tail);
    const at = Math.floor(random() * torn.length);
    torn.writeUInt8(torn.readUInt8(at) ^ 1, at);
    return torn;
  },
  'its pages in another order': (tail) => {
    const half = Math.floor(tail.length / 2 / 4120) * 4120;
    return Buffer.concat([tail.subarray(half), tail.subarray(0, half)]);
  },
};

test.each(Object.keys(spoilers))(
  'what was written after the last acknowledged redemption is %s, and nothing before it is lost',
  (how) => {
    let spoilt = 0;
    // The first answer came when the log had begun already; each later one has its own length.
    for (let round = 0; round < (isNightly ? 50 : 1); round++) {
      for (const [at, { length }] of acknowledged.entries()) {
        const tail = log.subarray(length);
        if (tail.length === 0) continue;
        const left = spoilers[how]?.(tail) ?? tail;
        const place = lay(pages, Buffer.concat([log.subarray(0, length), left]));
        expectSafe(place, at + 1, `after ${at + 1}`);
        spoilt += 1;
      }
    }
    expect(spoilt).toBeGreaterThan(20);
  },
  120_000,
);

test('a log that is cut at any byte loses the last redemptions whole, in their order', () => {
  const step = isNightly ? 41 : 4001;
  let cuts = 0;
  for (let length = acknowledged[0]?.length ?? 0; length <= log.length; length += step) {
    const kept = acknowledged.filter((each) => each.length <= length).length;
    const place = lay(pages, log.subarray(0, length));
    expectSafe(place, kept, `at ${length}`);
    // What no sync acknowledged may be there or not: but no gap, and no more than was redeemed.
    const spent = spentIn(place);
    expect(acknowledged.map(({ tokenId }) => spent.has(tokenId)).lastIndexOf(true)).toBe(
      spent.size - 1,
    );
    cuts += 1;
  }
  expect(cuts).toBeGreaterThan(50);
}, 600_000);

test('a checkpoint that was torn is done again from the log', () => {
  for (let round = 0; round < 20; round++) {
    // Pages that the log holds are all that a checkpoint writes.
    const torn = Buffer.from(pages);
    for (let frame = 32; frame + 4120 <= log.length; frame += 4120) {
      const page = log.readUInt32BE(frame);
      const at = (page - 1) * 4096;
      if (at + 4096 <= torn.length && page > 1 && random() < 0.5)
        randomBytes(2048).copy(torn, at + 2048);
    }
    expectSafe(lay(torn, log), acknowledged.length, `round ${round}`);
  }
});

test('after a loss a ticket opens one session: the lost ones anew, and the kept ones for nobody else', async () => {
  const kept = 11;
  const length = acknowledged[kept - 1]?.length ?? 0;
  const place = lay(pages, Buffer.concat([log.subarray(0, length), randomBytes(9000)]));
  const after = await openService({ folder: place });
  const codes: (string | undefined)[] = [];
  for (const { ticket } of acknowledged) {
    codes.push((await redeem(after.browser(), ticket)).code);
    expect((await redeem(after.browser(), ticket)).code).toBe('sign_in_token_already_used_code');
  }
  expect(codes.filter((code) => code === 'sign_in_token_already_used_code')).toHaveLength(kept);
  expect(codes.filter((code) => code === undefined)).toHaveLength(acknowledged.length - kept);
  await after.close();
  expect(findHalves(path.join(place, 'willcall.db'))).toEqual([]);
});

test('each commit is synced before it is acknowledged, and its log reaches as far', async () => {
  const engine = openSqlite(path.join(folder, 'durable.db'));
  const durability = await engine.write(async (tx) => [
    await tx.get('PRAGMA journal_mode'),
    await tx.get('PRAGMA synchronous'),
  ]);
  // 2 is FULL: the log is synced at each commit (sqlite.org/pragma.html#pragma_synchronous).
  expect(durability).toEqual([{ journal_mode: 'wal' }, { synchronous: 2 }]);
  await engine.write((tx) => tx.run('CREATE TABLE numbers (value INTEGER)'));
  for (let value = 0; value < 20; value++) {
    await engine.write((tx) => tx.run('INSERT INTO numbers VALUES (?)', value));
    const place = mkdtempSync(path.join(folder, 'acknowledged-'));
    for (const part of ['', '-wal'])
      copyFileSync(path.join(folder, `durable.db${part}`), path.join(place, `copy.db${part}`));
    const copy = new DatabaseSync(path.join(place, 'copy.db'));
    expect(copy.prepare('SELECT max(value) AS last FROM numbers').get()).toEqual({ last: value });
    copy.close();
  }
  await engine.close();
});
