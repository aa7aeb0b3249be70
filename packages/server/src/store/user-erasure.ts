import { setTimeout as pause } from 'node:timers/promises';
import type { AuditEntry } from '../domain/audit-log/audit-log.ts';
import type { Erasure } from '../domain/user/user.ts';
import { appendAudit, emptyLines, eraseFromAudit, findPersonalLines } from './audit-log.ts';
import { blockOf, keysOfUser, newestBlock, recentKeysOfUser } from './blocks.ts';
import { keyList, number } from './columns.ts';
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
  { at, ownSessionId, entryFor }: Erasure,
): Promise<boolean> {
  // In this order: nobody who has gone already is looked at, and has lines of afterwards.
  const seen = await readSeen(aside);
  if (!(await engine.get('SELECT id FROM users WHERE id = ?', id))) return false;
  const person: Person = { id, at, ownSessionId, seen };
  for (const crowd of crowds) await removeMost(engine, crowd, id);
  const begun = () => entryFor('user.deletion_begun');
  const rests: Rest[] = [];
  // Sessions after tickets: by those that came meanwhile the tickets are found that were used.
  for (const kind of [ofTickets, ofSessions, ...ofLines])
    rests.push({ kind, keys: await emptyMost(engine, aside, kind, person, begun) });
  const isGone = await engine.write(async (tx) => {
    for (const { kind, keys } of rests)
      if (keys.length > 0) await kind.empty(tx, keyList(keys, mostAtOnce), at);
    await emptyRecent(tx, person);
    await removeRest(tx, person);
    if ((await tx.run('DELETE FROM users WHERE id = ?', id)) === 0) return false;
    await eraseFromAudit(tx, id, blockOf(seen.line));
    await appendAudit(tx, entryFor('user.deleted'));
    return true;
  });
  if (isGone && engine.isShared) await emptyLate(engine, person, begun);
  return isGone;
}

/**
 * Where calls do not wait for one another, a ticket may have been issued beside the last commit: by
 * a statement that still saw the user. Those that were under way have ended a moment later.
 */
async function emptyLate(engine: Engine, person: Person, begun: () => AuditEntry): Promise<void> {
  await pause(aMoment);
  const late = `SELECT id FROM ${recentTickets} AS late LIMIT 1`;
  if (!(await engine.get(late, person.seen.tickets, person.id))) return;
  await engine.write(async (tx) => {
    await emptyRecent(tx, person);
    await eraseFromAudit(tx, person.id, blockOf(person.seen.line));
    await appendAudit(tx, begun());
  });
}

/** Longer than a statement takes. Milliseconds. */
const aMoment = 100;

/** Who is erased, and what there was before anything was looked for. */
interface Person {
  readonly id: string;
  readonly at: number;
  /** Ends in the last commit: without it nobody could ask again. */
  readonly ownSessionId: string | undefined;
  readonly seen: Seen;
}

/** The blocks that were written last, and the last line of the audit log. */
interface Seen {
  readonly sessions: number;
  readonly tickets: number;
  readonly line: number;
}

async function readSeen(aside: Reader): Promise<Seen> {
  const row = await aside.get('SELECT COALESCE(MAX(number), 0) AS line FROM audit_log');
  return {
    sessions: await newestBlock(aside, 'sessions'),
    tickets: await newestBlock(aside, 'sign_in_tokens'),
    line: row ? number(row, 'line') : 0,
  };
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
async function removeRest(tx: Transaction, { id, at }: Person): Promise<void> {
  await tx.run('DELETE FROM sign_ups WHERE created_user_id = ?', id);
  // Before the addresses go, by which invitations are found.
  const refusals = `DELETE FROM refused_redemptions WHERE ticket_id IN
    (SELECT id FROM invitations WHERE ${isInvited})`;
  await tx.run(refusals, id, id);
  await emptyInvitations(tx, id, at);
  for (const table of ['identifications', 'backup_codes', 'enterprise_accounts'])
    await tx.run(`DELETE FROM ${table} WHERE user_id = ?`, id);
  for (const { table, condition } of crowds)
    await tx.run(`DELETE FROM ${table} WHERE ${condition}`, id);
}

/** Of invitations: those that the user accepted, and those to an address of the user. Takes the id twice. */
const isInvited = `accepted_user_id = ? OR email_address_key IN
  (SELECT value_key FROM identifications WHERE user_id = ? AND kind = 'email_address')`;

/** Invitations to the user's addresses tell nobody any more whom they were for; none can be accepted. */
async function emptyInvitations(tx: Transaction, id: string, at: number): Promise<void> {
  await tx.run(
    `UPDATE invitations SET email_address = '', email_address_key = '', redirect_url = NULL,
       public_metadata = '{}', private_metadata = '{}', updated_at = ?,
       status = CASE WHEN status = 'pending' THEN 'revoked' ELSE status END
     WHERE ${isInvited}`,
    at,
    id,
    id,
  );
}

/** Rows of a user that stay, without what they tell of the person. */
interface Emptied {
  /** Finds those that tell something, as `key`, so many at most. */
  readonly find: (person: Person) => Statement;
  /** Empties those whose keys a list or a subquery names. */
  readonly empty: (tx: Transaction, keys: Statement, at: number) => Promise<void>;
  /** Whether a line of the audit log goes before them. */
  readonly isTold?: true;
}

/** What the last commit empties. */
interface Rest {
  readonly kind: Emptied;
  readonly keys: readonly SqlValue[];
}

/** Empties rows as long as one commit would not take them all. Answers the keys of the rest. */
async function emptyMost(
  engine: Engine,
  aside: Reader,
  { find, empty, isTold }: Emptied,
  person: Person,
  begun: () => AuditEntry,
): Promise<readonly SqlValue[]> {
  let entry = isTold && begun;
  for (;;) {
    const { sql, values } = find(person);
    const rows = await aside.all(`${sql} LIMIT ?`, ...values, mostFound);
    const keys = rows.map((row) => row['key'] as SqlValue);
    const isAll = keys.length < mostFound;
    while (keys.length > (isAll ? mostAtOnce : 0)) {
      const part = keyList(keys.splice(0, mostAtOnce), mostAtOnce);
      await engine.write(async (tx) => {
        await appendAudit(tx, entry?.());
        await empty(tx, part, person.at);
      });
      entry = undefined;
    }
    if (isAll) return keys;
  }
}

/** Empties what was written since the first look. */
async function emptyRecent(tx: Transaction, { id, at, ownSessionId, seen }: Person): Promise<void> {
  for (const keys of await findRecent(tx, recentTickets, [seen.tickets, id]))
    await emptyTickets(tx, keys);
  if (ownSessionId !== undefined) await emptySessions(tx, keyList([ownSessionId], 1), at);
  for (const keys of await findRecent(tx, recentSessions, [seen.sessions, id]))
    await emptySessions(tx, keys, at);
  // A try may be refused long after its ticket was written. Their times are of one clock, or nearly.
  await tx.run(
    `DELETE FROM refused_redemptions WHERE refused_at >= ? AND EXISTS
       (SELECT id FROM sign_in_tokens WHERE id = ticket_id AND user_id = ?)`,
    at - aMinute,
    id,
  );
}

const aMinute = 60_000;

/** What a subquery finds, in lists: it is asked once, and mostly there is nothing. */
async function findRecent(
  tx: Transaction,
  subquery: string,
  values: readonly SqlValue[],
): Promise<readonly Statement[]> {
  const rows = await tx.all(`SELECT recent.id AS key FROM ${subquery} AS recent`, ...values);
  const keys = rows.map((row) => row['key'] as SqlValue);
  const lists: Statement[] = [];
  while (keys.length > 0) lists.push(keyList(keys.splice(0, mostAtOnce), mostAtOnce));
  return lists;
}

const isPersonalTicket = `(own.reason IS NOT NULL
  OR own.redeemed_address IS NOT NULL OR own.redeemed_device IS NOT NULL
  OR own.sign_in_url IS NOT NULL OR own.redirect_url IS NOT NULL
  OR EXISTS (SELECT slot FROM refused_redemptions WHERE ticket_id = own.id))`;
const foundTickets = `SELECT found.id AS key FROM ${keysOfUser('sign_in_tokens', isPersonalTicket)} AS found`;
const recentTickets = recentKeysOfUser('sign_in_tokens', isPersonalTicket);

const emptiedTicket = `reason = NULL, redeemed_address = NULL, redeemed_device = NULL,
  sign_in_url = NULL, redirect_url = NULL`;

/** They keep whom they were for, by id, and what became of them. */
async function emptyTickets(tx: Transaction, { sql, values }: Statement): Promise<void> {
  await tx.run(`DELETE FROM refused_redemptions WHERE ticket_id IN ${sql}`, ...values);
  await tx.run(`UPDATE sign_in_tokens SET ${emptiedTicket} WHERE id IN ${sql}`, ...values);
}

const ofTickets: Emptied = {
  find: ({ id }) => ({ sql: foundTickets, values: [id] }),
  empty: emptyTickets,
};

const isPersonalSession = `(own.status = 'active'
  OR own.ip_address IS NOT NULL OR own.user_agent IS NOT NULL
  OR EXISTS (SELECT id FROM sign_ins WHERE created_session_id = own.id))`;
const foundSessions = `SELECT found.id AS key
  FROM ${keysOfUser('sessions', `${isPersonalSession} AND own.id <> ?`)} AS found`;
const recentSessions = recentKeysOfUser('sessions', isPersonalSession);

/**
 * Those that live end. Attempts that signed in are found by their sessions, which stay longer than
 * they do; and so are tickets that were redeemed after they had been looked at.
 */
async function emptySessions(
  tx: Transaction,
  { sql, values }: Statement,
  at: number,
): Promise<void> {
  await tx.run(
    `UPDATE sign_in_tokens SET ${emptiedTicket}
     WHERE (redeemed_address IS NOT NULL OR redeemed_device IS NOT NULL) AND id IN
       (SELECT ticket_id FROM sign_ins WHERE created_session_id IN ${sql})`,
    ...values,
  );
  await tx.run(`DELETE FROM sign_ins WHERE created_session_id IN ${sql}`, ...values);
  await tx.run(
    `UPDATE sessions SET ip_address = NULL, user_agent = NULL,
       updated_at = CASE WHEN status = 'active' THEN ? ELSE updated_at END,
       status = CASE WHEN status = 'active' THEN 'revoked' ELSE status END
     WHERE id IN ${sql}`,
    at,
    ...values,
  );
}

const ofSessions: Emptied = {
  find: ({ id, ownSessionId = '' }) => ({ sql: foundSessions, values: [id, ownSessionId] }),
  empty: emptySessions,
};

/**
 * What is told of the user, and of others whom the user did something to: lines that there were
 * before the one that tells of it.
 */
const ofLines = findPersonalLines.map((sql): Emptied => ({
  find: ({ id, seen }) => ({ sql, values: [id, seen.line] }),
  empty: emptyLines,
  isTold: true,
}));
