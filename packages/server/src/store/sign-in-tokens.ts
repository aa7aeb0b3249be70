import type { SignInTokenStatus } from '@willcall/contract';
import type { SessionOpening } from '../domain/session/open.ts';
import type {
  Confirmation,
  SignInToken,
  SignInTokenFilter,
  SignInTokenStore,
  StepUp,
  TokenKind,
} from '../domain/sign-in-token/sign-in-token.ts';
import { appendAudit, waitingLine } from './audit-log.ts';
import { keysOfUser } from './blocks.ts';
import {
  allOf,
  flag,
  insertStatement,
  keyList,
  number,
  optionalJson,
  optionalNumber,
  optionalText,
  text,
  toColumn,
} from './columns.ts';
import type { Engine, Reader, Row, Statement, Step } from './engine.ts';
import { findIssue, keepIssue } from './idempotent-issues.ts';
import { rangesOf } from './ranges.ts';
import { addressColumns, isUsable, readJoinedUser } from './users.ts';

/** Every column of a token under a name that no column of a user has. */
const tokenColumns = [
  'id',
  'kind',
  'user_id',
  'step_up',
  'confirmation',
  'challenge',
  'actor',
  'session_max_seconds',
  'organization_id',
  'secret_hash',
  'status',
  'expires_at',
  'sign_in_url',
  'redirect_url',
  'reason',
  'redeemed_at',
  'redeemed_address',
  'redeemed_device',
  'session_id',
  'created_at',
  'updated_at',
]
  .map((column) => `t.${column} AS token_${column}`)
  .join(', ');

// Texts that are put together once: a text is found again by a hash of all of it.
const findSql = `SELECT ${tokenColumns} FROM sign_in_tokens t WHERE t.id = ?`;
const findHeldSql = `SELECT u.*, ${tokenColumns}, ${addressColumns},
    CASE WHEN EXISTS (SELECT 1 FROM enterprise_domains) THEN 1 ELSE 0 END AS is_any_domain_taken
  FROM sign_in_tokens t LEFT JOIN users u ON u.id = t.user_id
    LEFT JOIN identifications i ON i.user_id = u.id
  WHERE t.id = ? ORDER BY i.id`;

/** Keeps sign-in tokens. Who is `aside` reads what was committed, and is in nobody's way. */
export function signInTokenStore(engine: Engine, aside: Reader = engine): SignInTokenStore {
  return {
    async add(token, entry, once) {
      const holder = usableHolder(token);
      if (!once && engine.runTogether)
        return engine.runTogether([
          holder,
          insertStatement('sign_in_tokens', token),
          waitingLine(entry),
        ]);
      return engine.write(async (tx) => {
        if (!(await tx.get(holder.sql, ...holder.values))) return holder.otherwise;
        const earlier = once && (await keepIssue(tx, once.issue, once.after));
        if (earlier) return earlier;
        const block = tx.nextBlock?.('sign_in_tokens');
        const insertion = insertStatement('sign_in_tokens', token, block);
        await tx.run(insertion.sql, ...insertion.values);
        await appendAudit(tx, entry);
        return undefined;
      });
    },
    findIssue: (key, after) => findIssue(engine, key, after),
    async find(id) {
      const row = await engine.get(findSql, id);
      return row && readToken(row);
    },
    async findHeld(id) {
      const rows = await engine.allApart(findHeldSql, id);
      const [first] = rows;
      if (!first) return undefined;
      return {
        token: readToken(first),
        holder: first['id'] === null ? undefined : readJoinedUser(rows),
        isAnyDomainTaken: flag(first, 'is_any_domain_taken'),
      };
    },
    async list(filter, limit) {
      const where = filterTokens(filter);
      const sql = `SELECT ${tokenColumns} FROM sign_in_tokens t WHERE ${where.sql} ORDER BY t.id DESC LIMIT ?`;
      return (await engine.all(sql, ...where.values, limit)).map(readToken);
    },
    revoke: (id, at, entry) =>
      engine.write(async (tx) => {
        const sql =
          "UPDATE sign_in_tokens SET status = 'revoked', updated_at = ? WHERE id = ? AND status = 'pending'";
        if ((await tx.run(sql, at, id)) === 0) return undefined;
        await appendAudit(tx, entry);
        const row = await tx.get(findSql, id);
        return row && readToken(row);
      }),
    async *revokeAll(filter, at, entryFor, most) {
      const found = filterTokens(filter);
      const parts =
        filter.userId === undefined ? byExpiry(engine, found, most) : ofOne(aside, found, most);
      for await (const { sql, values } of parts) {
        yield await engine.write(async (tx) => {
          const update = `UPDATE sign_in_tokens SET status = 'revoked', updated_at = ? WHERE ${isPending} AND ${sql}`;
          const count = await tx.run(update, at, ...values);
          if (count > 0) await appendAudit(tx, entryFor(count));
          return count;
        });
      }
    },
  };
}

const isPending = "status = 'pending'";

/** Those of one user, who are found by an index of their own, so many at a time. */
async function* ofOne(aside: Reader, found: Statement, most: number): AsyncGenerator<Statement> {
  const sql = `SELECT id FROM sign_in_tokens WHERE ${isPending} AND ${found.sql} LIMIT ?`;
  for (;;) {
    const rows = await aside.all(sql, ...found.values, most);
    const { sql: list, values } = keyList(
      rows.map((row) => text(row, 'id')),
      most,
    );
    if (rows.length > 0) yield { sql: `id IN ${list}`, values };
    if (rows.length < most) return;
  }
}

/** Ranges of all that are pending, by when they expire. */
async function* byExpiry(
  engine: Engine,
  found: Statement,
  most: number,
): AsyncGenerator<Statement> {
  for await (const { sql, values } of rangesOf(engine, pendingByExpiry, most))
    yield { sql: `${found.sql} AND ${sql}`, values: [...found.values, ...values] };
}

const pendingByExpiry = {
  ...{ table: 'sign_in_tokens', column: 'expires_at', before: -1 },
  condition: isPending,
};

const holderSql = `SELECT 1 AS one FROM users WHERE ${isUsable}`;

/** That the user of a token may have one when it is made. */
function usableHolder({ userId, createdAt }: SignInToken) {
  return { sql: holderSql, values: [userId, createdAt], otherwise: 'user_not_usable' } as const;
}

const ofUser = keysOfUser('sign_in_tokens');

/** Nobody writes down that a token expired. */
const isExpiredSql = "(status = 'pending' AND expires_at <= ?)";

function filterTokens(filter: SignInTokenFilter) {
  const { kind, status, expiry } = filter;
  const { sql, values } = allOf([
    [`id IN ${ofUser}`, filter.userId],
    ['reason = ?', filter.reason],
    ['created_at < ?', filter.issuedBefore],
    [expiry?.isPast ? isExpiredSql : `NOT ${isExpiredSql}`, expiry?.now],
    ['id < ?', filter.cursor],
  ]);
  // In the text, where the indexes are found by it that hold one kind or status alone.
  const named = [kind && `kind = '${kind}'`, status && `status = '${status}'`, sql];
  return { sql: named.filter((each) => each !== undefined).join(' AND '), values };
}

/**
 * Consumes a token for a session: one conditional update, which at most one transaction
 * can win. It changes no row when the token is used, revoked or expired.
 */
export function consumption(
  { id, lateBy, address, device }: NonNullable<SessionOpening['consumedToken']>,
  sessionId: string,
  now: number,
): Step<'token_not_pending'> {
  return {
    sql: `UPDATE sign_in_tokens SET status = 'accepted', session_id = ?, redeemed_at = ?, redeemed_address = ?,
       redeemed_device = ?, updated_at = ?
     WHERE id = ? AND status = 'pending' AND expires_at > ?`,
    values: [sessionId, now, toColumn(address), toColumn(device), now, id, now - lateBy],
    otherwise: 'token_not_pending',
    row: id,
  };
}

function readToken(row: Row): SignInToken {
  return {
    id: text(row, 'token_id'),
    kind: text(row, 'token_kind') as TokenKind,
    userId: text(row, 'token_user_id'),
    stepUp: optionalText(row, 'token_step_up') as StepUp | undefined,
    confirmation: optionalText(row, 'token_confirmation') as Confirmation | undefined,
    challenge: optionalText(row, 'token_challenge'),
    actor: optionalJson(row, 'token_actor'),
    sessionMaxSeconds: optionalNumber(row, 'token_session_max_seconds'),
    organizationId: optionalText(row, 'token_organization_id'),
    secretHash: text(row, 'token_secret_hash'),
    status: text(row, 'token_status') as SignInTokenStatus,
    expiresAt: number(row, 'token_expires_at'),
    signInUrl: optionalText(row, 'token_sign_in_url'),
    redirectUrl: optionalText(row, 'token_redirect_url'),
    reason: optionalText(row, 'token_reason'),
    redeemedAt: optionalNumber(row, 'token_redeemed_at'),
    redeemedAddress: optionalText(row, 'token_redeemed_address'),
    redeemedDevice: optionalText(row, 'token_redeemed_device'),
    sessionId: optionalText(row, 'token_session_id'),
    createdAt: number(row, 'token_created_at'),
    updatedAt: number(row, 'token_updated_at'),
  };
}
