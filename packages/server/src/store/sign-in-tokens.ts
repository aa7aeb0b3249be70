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
  insertStatement,
  number,
  optionalJson,
  optionalNumber,
  optionalText,
  text,
  toColumn,
} from './columns.ts';
import type { Engine, Row, Step } from './engine.ts';
import { findIssue, keepIssue } from './idempotent-issues.ts';

/** Keeps sign-in tokens. */
export function signInTokenStore(engine: Engine): SignInTokenStore {
  return {
    async add(token, entry, once) {
      if (!once && engine.runTogether)
        return engine.runTogether<never>([
          insertStatement('sign_in_tokens', token),
          waitingLine(entry),
        ]);
      return engine.write(async (tx) => {
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
      const row = await engine.get('SELECT * FROM sign_in_tokens WHERE id = ?', id);
      return row && readToken(row);
    },
    async list(filter, limit) {
      const where = filterTokens(filter);
      const sql = `SELECT * FROM sign_in_tokens WHERE ${where.sql} ORDER BY id DESC LIMIT ?`;
      return (await engine.all(sql, ...where.values, limit)).map(readToken);
    },
    revoke: (id, at, entry) =>
      engine.write(async (tx) => {
        const sql =
          "UPDATE sign_in_tokens SET status = 'revoked', updated_at = ? WHERE id = ? AND status = 'pending'";
        if ((await tx.run(sql, at, id)) === 0) return undefined;
        await appendAudit(tx, entry);
        const row = await tx.get('SELECT * FROM sign_in_tokens WHERE id = ?', id);
        return row && readToken(row);
      }),
    revokeSome: (filter, at, entryFor, most) =>
      engine.write(async (tx) => {
        const where = filterTokens({ ...filter, status: 'pending' });
        const found = `SELECT id FROM sign_in_tokens WHERE ${where.sql} LIMIT ?`;
        const sql = `UPDATE sign_in_tokens SET status = 'revoked', updated_at = ? WHERE status = 'pending' AND id IN (${found})`;
        const count = await tx.run(sql, at, ...where.values, most);
        if (count > 0) await appendAudit(tx, entryFor(count));
        return count;
      }),
  };
}

const ofUser = keysOfUser('sign_in_tokens');

/** Nobody writes down that a token expired. */
const isExpiredSql = "(status = 'pending' AND expires_at <= ?)";

function filterTokens(filter: SignInTokenFilter) {
  const { expiry } = filter;
  return allOf([
    ['kind = ?', filter.kind],
    [`id IN ${ofUser}`, filter.userId],
    ['status = ?', filter.status],
    ['reason = ?', filter.reason],
    ['created_at < ?', filter.issuedBefore],
    [expiry?.isPast ? isExpiredSql : `NOT ${isExpiredSql}`, expiry?.now],
    ['id < ?', filter.cursor],
  ]);
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
    id: text(row, 'id'),
    kind: text(row, 'kind') as TokenKind,
    userId: text(row, 'user_id'),
    stepUp: optionalText(row, 'step_up') as StepUp | undefined,
    confirmation: optionalText(row, 'confirmation') as Confirmation | undefined,
    challenge: optionalText(row, 'challenge'),
    actor: optionalJson(row, 'actor'),
    sessionMaxSeconds: optionalNumber(row, 'session_max_seconds'),
    organizationId: optionalText(row, 'organization_id'),
    secretHash: text(row, 'secret_hash'),
    status: text(row, 'status') as SignInTokenStatus,
    expiresAt: number(row, 'expires_at'),
    signInUrl: optionalText(row, 'sign_in_url'),
    redirectUrl: optionalText(row, 'redirect_url'),
    reason: optionalText(row, 'reason'),
    redeemedAt: optionalNumber(row, 'redeemed_at'),
    redeemedAddress: optionalText(row, 'redeemed_address'),
    redeemedDevice: optionalText(row, 'redeemed_device'),
    sessionId: optionalText(row, 'session_id'),
    createdAt: number(row, 'created_at'),
    updatedAt: number(row, 'updated_at'),
  };
}
