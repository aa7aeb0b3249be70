import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Engine } from './engine.ts';

/** Whoever died with the lease is waited for no longer than that. Milliseconds. */
const usualLeaseTime = 30_000;

/**
 * Waits until no other process changes the schema, and keeps them from it. It is a row and no
 * lock of a session, since a pooler may give each transaction another session. The steps are
 * safe without it, for each is a transaction that looks first; with it, nodes that start
 * together wait for one another and do not fail in one another's way.
 *
 * @param leaseTime milliseconds
 */
export async function holdLease(
  engine: Engine,
  leaseTime = usualLeaseTime,
): Promise<{ release(): Promise<void> }> {
  const holder = randomUUID();
  const takeLease = () => take(engine, holder, leaseTime);
  await engine.write((tx) =>
    tx.run(
      'CREATE TABLE IF NOT EXISTS migration_lease (id TEXT PRIMARY KEY, holder TEXT NOT NULL, expires_at BIGINT NOT NULL)',
    ),
  );
  while (!(await takeLease())) await pause(100);
  let renewing: Promise<unknown> = Promise.resolve();
  const renewal = setInterval(() => {
    // A renewal that fails lets the lease run out, which the steps can bear.
    renewing = takeLease().catch(() => {});
  }, leaseTime / 3);
  return {
    async release() {
      clearInterval(renewal);
      // One that is under way would take the lease again, for nobody.
      await renewing;
      await engine.write((tx) => tx.run('DELETE FROM migration_lease WHERE holder = ?', holder));
    },
  };
}

/** By the clock of the database: those of the machines may differ by more than the lease. */
async function take(engine: Engine, holder: string, leaseTime: number): Promise<boolean> {
  const now = (await engine.now?.()) ?? Date.now();
  const sql = `INSERT INTO migration_lease (id, holder, expires_at) VALUES ('schema', ?, ?)
    ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
    WHERE migration_lease.expires_at <= ? OR migration_lease.holder = excluded.holder`;
  return (await engine.write((tx) => tx.run(sql, holder, now + leaseTime, now))) === 1;
}
