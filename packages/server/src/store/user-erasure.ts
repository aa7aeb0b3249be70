import type { AuditEntry } from '../domain/audit-log/audit-log.ts';
import type { Erasure } from '../domain/user/user.ts';
import { appendAudit, emptyLines, eraseFromAudit, findPersonalLines } from './audit-log.ts';
import { type BlockTable, keysOfUser, newestBlock, recentKeysOfUser } from './blocks.ts';
import { keyList } from './columns.ts';
import type { Engine, Reader, SqlValue, Statement, Transaction } from './engine.ts';

/** Rows that change in one commit: nobody else waits longer than for a few of their own. */
const mostAtOnce = 500;

/** Rows that are looked for at a time. */
const mostFound = 5000;

/**
 * Removes a user and everything personal; rows that others point to keep the bare id. Of somebody
 * with many rows most change before, in commits of their own: an erasure that is interrupted leaves
 * the user with less, and is done again. The last commit takes the rest, and what came meanwhile,
 * with the user. `false` where there is no such user.
 *
 * @param aside finds rows, and is in nobody's way
 */
export async function eraseUser(
  engine: Engine,
  aside: Reader,
  id: string,
  { at, entryFor }: Erasure,
): Promise<boolean> {
  if (!(await engine.get('SELECT id FROM users WHERE id = ?', id))) return false;
  for (const crowd of crowds) await removeMost(engine, crowd, id);
  const person = { engine, aside, id, at };
  const begun = () => entryFor('user.deletion_begun');
  const rows: Part[] = [];
  for (const kind of [ofSessions, ofTickets]) rows.push([kind, await emptyMost(person, kind)]);
  const lines: Part[] = [];
  // Nothing is missing from the log without a line that says why.
  for (const kind of ofLines) lines.push([kind, await emptyMost(person, kind, begun)]);
  return engine.write(async (tx) => {
    for (const [kind, rest] of [...rows, ...lines]) await emptyRest(tx, kind, rest, person);
    await removeRest(tx, id, at);
    if ((await tx.run('DELETE FROM users WHERE id = ?', id)) === 0) return false;
    await eraseFromAudit(tx, id, Math.min(...lines.map(([, { since }]) => since)));
    await appendAudit(tx, entryFor('user.deleted'));
    return true;
  });
}

/** Rows of a user that go, of which there may be many. `condition` takes the user's id. */
interface Crowd {
  readonly table: string;
  readonly key: string;
  readonly condition: string;
}

const crowds: readonly Crowd[] = [
  { table: 'sign_ins', key: 'id', condition: 'user_id = ? AND created_session_id IS NULL' },
  { table: 'organization_memberships', key: 'id', condition: 'user_id = ?' },
  { table: 'known_devices', key: 'device_hash', condition: 'user_id = ?' },
  { table: 'client_gestures', key: 'client_id', condition: 'user_id = ?' },
  { table: 'fresh_proofs', key: 'session_id', condition: 'user_id = ?' },
];

/** Removes rows as long as one commit would not take them all. */
async function removeMost(
  engine: Engine,
  { table, key, condition }: Crowd,
  id: string,
): Promise<void> {
  const beyond = `SELECT ${key} FROM ${table} WHERE ${condition} LIMIT 1 OFFSET ?`;
  const remove = `DELETE FROM ${table} WHERE ${condition} AND ${key} IN
    (SELECT ${key} FROM ${table} WHERE ${condition} LIMIT ?)`;
  while (await engine.get(beyond, id, mostAtOnce))
    await engine.write((tx) => tx.run(remove, id, id, mostAtOnce));
}

/** What goes with the user, and what tells of the person by an address or an answer. */
async function removeRest(tx: Transaction, id: string, at: number): Promise<void> {
  const refusals = `DELETE FROM refused_redemptions WHERE ticket_id IN
    (SELECT id FROM invitations WHERE accepted_user_id = ?)`;
  await tx.run(refusals, id);
  await tx.run('DELETE FROM sign_ups WHERE created_user_id = ?', id);
  // Before the addresses go, by which invitations are found.
  await emptyInvitations(tx, id, at);
  for (const table of ['identifications', 'backup_codes', 'enterprise_accounts'])
    await tx.run(`DELETE FROM ${table} WHERE user_id = ?`, id);
  for (const { table, condition } of crowds)
    await tx.run(`DELETE FROM ${table} WHERE ${condition}`, id);
}

/** Invitations to the user's addresses tell nobody any more whom they were for; none can be accepted. */
async function emptyInvitations(tx: Transaction, id: string, at: number): Promise<void> {
  await tx.run(
    `UPDATE invitations SET email_address = '', email_address_key = '', redirect_url = NULL,
       public_metadata = '{}', private_metadata = '{}', updated_at = ?,
       status = CASE WHEN status = 'pending' THEN 'revoked' ELSE status END
     WHERE accepted_user_id = ? OR email_address_key IN
       (SELECT value_key FROM identifications WHERE user_id = ? AND kind = 'email_address')`,
    at,
    id,
    id,
  );
}

/** Rows of a user that stay, without what they tell of the person. */
interface Emptied {
  readonly table: BlockTable;
  /** Finds those that tell something, as `key`. Takes the user's id, and how many at most. */
  readonly find: string;
  /** The same as a subquery, in a block and later ones. Takes the block, and the user's id. */
  readonly recent?: string;
  /** Empties those whose keys a list or a subquery names. */
  readonly empty: (tx: Transaction, keys: Statement, at: number) => Promise<void>;
}

/** What the last commit empties: rows of these keys, and of this block and later ones. */
interface Rest {
  readonly keys: readonly SqlValue[];
  readonly since: number;
}

type Part = readonly [kind: Emptied, rest: Rest];

/** Of whom rows are emptied, and when. */
interface Person {
  readonly id: string;
  readonly at: number;
}

/**
 * Empties rows as long as one commit would not take them all.
 *
 * @param begun a line that the first of these commits writes
 */
async function emptyMost(
  { engine, aside, id, at }: Person & { readonly engine: Engine; readonly aside: Reader },
  { table, find, empty }: Emptied,
  begun?: () => AuditEntry,
): Promise<Rest> {
  let entry = begun;
  for (;;) {
    const since = await newestBlock(aside, table);
    const keys = (await aside.all(find, id, mostFound)).map((row) => row['key'] as SqlValue);
    const isAll = keys.length < mostFound;
    while (keys.length > (isAll ? mostAtOnce : 0)) {
      const part = keyList(keys.splice(0, mostAtOnce), mostAtOnce);
      await engine.write(async (tx) => {
        await appendAudit(tx, entry?.());
        await empty(tx, part, at);
      });
      entry = undefined;
    }
    if (isAll) return { keys, since };
  }
}

async function emptyRest(
  tx: Transaction,
  { recent, empty }: Emptied,
  { keys, since }: Rest,
  { id, at }: Person,
): Promise<void> {
  if (keys.length > 0) await empty(tx, keyList(keys, mostAtOnce), at);
  if (recent) await empty(tx, { sql: recent, values: [since, id] }, at);
}

const isPersonalSession = `own.user_id = ? AND (own.status = 'active'
  OR own.ip_address IS NOT NULL OR own.user_agent IS NOT NULL
  OR EXISTS (SELECT id FROM sign_ins WHERE created_session_id = own.id))`;

/** Those that live end. Attempts that signed in are found by their sessions, which stay longer than they do. */
const ofSessions: Emptied = {
  table: 'sessions',
  find: `SELECT found.id AS key FROM ${keysOfUser('sessions', isPersonalSession)} AS found LIMIT ?`,
  recent: recentKeysOfUser('sessions', isPersonalSession),
  async empty(tx, { sql, values }, at) {
    await tx.run(`DELETE FROM sign_ins WHERE created_session_id IN ${sql}`, ...values);
    await tx.run(
      `UPDATE sessions SET ip_address = NULL, user_agent = NULL,
         updated_at = CASE WHEN status = 'active' THEN ? ELSE updated_at END,
         status = CASE WHEN status = 'active' THEN 'revoked' ELSE status END
       WHERE id IN ${sql}`,
      at,
      ...values,
    );
  },
};

const isPersonalTicket = `own.user_id = ? AND (own.reason IS NOT NULL
  OR own.redeemed_address IS NOT NULL OR own.redeemed_device IS NOT NULL
  OR own.sign_in_url IS NOT NULL OR own.redirect_url IS NOT NULL
  OR EXISTS (SELECT slot FROM refused_redemptions WHERE ticket_id = own.id))`;

/** They keep whom they were for, by id, and what became of them. */
const ofTickets: Emptied = {
  table: 'sign_in_tokens',
  find: `SELECT found.id AS key FROM ${keysOfUser('sign_in_tokens', isPersonalTicket)} AS found LIMIT ?`,
  recent: recentKeysOfUser('sign_in_tokens', isPersonalTicket),
  async empty(tx, { sql, values }) {
    await tx.run(`DELETE FROM refused_redemptions WHERE ticket_id IN ${sql}`, ...values);
    await tx.run(
      `UPDATE sign_in_tokens SET reason = NULL, redeemed_address = NULL, redeemed_device = NULL,
         sign_in_url = NULL, redirect_url = NULL WHERE id IN ${sql}`,
      ...values,
    );
  },
};

/** What is told of the user, and of others whom the user did something to. */
const ofLines = findPersonalLines.map((find): Emptied => ({
  table: 'audit_log',
  find,
  empty: emptyLines,
}));
