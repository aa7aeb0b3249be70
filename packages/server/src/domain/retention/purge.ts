import { type Agent, byItself } from '../audit-log/audit-log.ts';
import { draftCut } from '../audit-log/cut.ts';
import { sealAuditLog } from '../audit-log/verify.ts';
import { repeatableFor } from '../sign-in-token/repeat-issue.ts';
import type { World } from '../world.ts';

/** What is older than these times goes. Epoch milliseconds. */
export interface Deadlines {
  /** Tokens and invitations that ended, and sessions that ran out, before this time. */
  readonly ended: number;
  /** Browsers that signed nobody in since this time, and whose sessions are gone. */
  readonly clients: number;
  /** Networks and devices, and refused tries. */
  readonly traces: number;
  /** Calls that can be repeated no more. */
  readonly issues: number;
  /** Attempts, codes and states of one use that ran out. */
  readonly spent: number;
  /** Windows of rate limits that are over. */
  readonly windows: number;
}

/** The kinds of rows that are removed, in this order. */
export const rowKinds = [
  'sign_in_tokens',
  'invitations',
  'sessions',
  'clients',
  'sign_ins',
  'sign_ups',
  'refused_redemptions',
  'traces',
  'idempotency_keys',
  'one_use_codes',
  'rate_limits',
] as const;

export type RowKind = (typeof rowKinds)[number];

/** How many rows of each kind went. */
export type Purged = Readonly<Record<RowKind | 'audit_lines', number>>;

export interface RetentionStore {
  /** Removes all rows of a kind, at most `most` in a transaction: tells after each how many. */
  remove(kind: RowKind, deadlines: Deadlines, most: number): AsyncIterable<number>;
  /** How many rows of a kind would go. */
  count(kind: RowKind, deadlines: Deadlines): Promise<number>;
}

const day = 86_400_000;

/** Rows in one transaction: nobody else waits longer than for a few of their own. */
const batch = 500;

/**
 * Removes what its time is over, in small transactions, until nothing is left or `isStopped`
 * says so. A token goes when it ended `token_retention_days` ago: until then its ticket is
 * answered with its own code, and after that as an unknown one.
 *
 * @param by who has it done, for the audit log
 */
export async function purge(
  world: World,
  by: Agent = byItself,
  isStopped = (): boolean => false,
): Promise<Purged> {
  const deadlines = await currentDeadlines(world);
  const { retention, auditLog } = world.store;
  await sealAuditLog(world);
  const cut = draftCut(world, by, auditDeadline(world));
  const sum = async (parts: AsyncIterable<number>) => {
    let total = 0;
    if (isStopped()) return total;
    for await (const gone of parts) {
      total += gone;
      if (isStopped()) break;
    }
    return total;
  };
  return forEachKind(
    (kind) => sum(retention.remove(kind, deadlines, batch)),
    () => sum(inParts(batch, () => auditLog.cut(cut, batch))),
  );
}

/** Takes a step again until it comes to fewer than `most`; tells after each to how many it came. */
export async function* inParts(
  most: number,
  step: () => Promise<number>,
): AsyncGenerator<number, void> {
  for (;;) {
    const done = await step();
    yield done;
    if (done < most) return;
  }
}

/** How many rows of each kind `purge` would remove now. Nothing is written. */
export async function countPurgeable(world: World): Promise<Purged> {
  const deadlines = await currentDeadlines(world);
  return forEachKind(
    (kind) => world.store.retention.count(kind, deadlines),
    () => world.store.auditLog.countUntil({ until: auditDeadline(world), now: world.clock.now() }),
  );
}

/**
 * Lines that are too old, and stay since the log was tampered with: what shows that is not taken
 * away. The log itself says so, not the time: lines may have become too old since the last purge.
 */
export function countHeldLines(world: World): Promise<number> {
  const cut = draftCut(world, byItself, auditDeadline(world));
  return world.store.auditLog.countHeld(cut, batch);
}

async function forEachKind(
  ofRows: (kind: RowKind) => Promise<number>,
  ofLines: () => Promise<number>,
): Promise<Purged> {
  const counts: [string, number][] = [];
  for (const kind of rowKinds) counts.push([kind, await ofRows(kind)]);
  counts.push(['audit_lines', await ofLines()]);
  return Object.fromEntries(counts) as Purged;
}

async function currentDeadlines({ clock, instance }: World): Promise<Deadlines> {
  await instance.refresh();
  const now = clock.now();
  const { tokenRetentionDays, traceRetentionDays, sessionLifetimeSeconds } = instance.settings;
  const ended = now - tokenRetentionDays * day;
  return {
    ended,
    clients: ended - sessionLifetimeSeconds * 1000,
    traces: now - traceRetentionDays * day,
    issues: now - repeatableFor,
    spent: now - day,
    windows: now,
  };
}

/** Whole days: the log is shortened once a day at most, since each time adds a line that tells of it. */
function auditDeadline({ clock, instance }: World): number {
  const today = Math.floor(clock.now() / day) * day;
  return today - instance.settings.auditRetentionDays * day - 1;
}
