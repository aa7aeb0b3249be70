import type { InvitationAcceptance } from '../domain/invitation/invitation.ts';
import type {
  OpeningOutcome,
  SessionOpening,
  SessionOpeningStore,
} from '../domain/session/open.ts';
import type { Session } from '../domain/session/session.ts';
import { appendAudit } from './audit-log.ts';
import { insertStatement, toColumn } from './columns.ts';
import type { Engine, Transaction } from './engine.ts';
import { noteGesture } from './gestures.ts';
import { writeAcceptance } from './invitations.ts';
import { rememberDevice } from './known-devices.ts';
import { isMember } from './memberships.ts';
import { endSessionsOfUser } from './session-endings.ts';
import { consumeToken } from './sign-in-tokens.ts';
import { insertUser } from './users.ts';

/** Thrown inside the transaction so that nothing of it stays. */
class OpeningFailed extends Error {
  readonly outcome: OpeningOutcome;

  constructor(outcome: OpeningOutcome) {
    super(outcome);
    this.outcome = outcome;
  }
}

/** Opens sessions: the one place where a row of `sessions` comes to be in a browser. */
export function sessionOpeningStore(engine: Engine): SessionOpeningStore {
  return {
    async open(opening, now) {
      try {
        await engine.write((tx) => writeOpening(tx, opening, now));
        return 'opened';
      } catch (error) {
        if (error instanceof OpeningFailed) return error.outcome;
        throw error;
      }
    },
  };
}

/** Each condition is judged by the statement that writes; the first that fails undoes all. */
async function writeOpening(tx: Transaction, opening: SessionOpening, now: number): Promise<void> {
  const { session, client, attempt, consumedToken, acceptedInvitation, newPassword, knownDevice } =
    opening;
  // Before the user, whose address would tell a second comer less.
  if (acceptedInvitation) await takeInvitation(tx, acceptedInvitation, now);
  if (attempt.kind === 'sign_up') await insertUser(tx, attempt.user);
  require(await noteSignIn(tx, opening, now), 'user_not_usable');
  if (consumedToken)
    require(await consumeToken(tx, consumedToken, session.id, now), 'token_not_pending');
  if (newPassword) await setPassword(tx, session.userId, newPassword, now);
  if (knownDevice) await rememberDevice(tx, knownDevice, now);
  require(await completeAttempt(tx, attempt, client.id), 'attempt_not_open');
  await insert(tx, 'clients', client);
  await insert(tx, 'sessions', { ...session, organizationId: await keptOrganization(tx, session) });
  await appendAudit(tx, opening.auditEntry);
  if (opening.formerClientId !== undefined) {
    if (opening.replacesSessions) await replaceSessions(tx, opening.formerClientId, now);
    await takeOver(tx, opening.formerClientId, client.id);
  }
  if (opening.isByGesture) await noteGesture(tx, client.id, session.userId);
  if (opening.devBrowserHash !== undefined) {
    await tx.run(
      'UPDATE dev_browsers SET client_id = ? WHERE token_hash = ?',
      client.id,
      opening.devBrowserHash,
    );
  }
}

async function takeInvitation(
  tx: Transaction,
  acceptance: InvitationAcceptance,
  now: number,
): Promise<void> {
  const outcome = await writeAcceptance(tx, acceptance, now);
  if (outcome !== 'accepted') throw new OpeningFailed(outcome);
}

/** A ticket may outlive a membership: the session is then without an organization. */
async function keptOrganization(
  tx: Transaction,
  { organizationId, userId }: Session,
): Promise<string | undefined> {
  if (organizationId === undefined) return undefined;
  return (await isMember(tx, organizationId, userId)) ? organizationId : undefined;
}

function require(isSatisfied: boolean, outcome: OpeningOutcome): void {
  if (!isSatisfied) throw new OpeningFailed(outcome);
}

/**
 * Marks the sign-in on the user, unless the user is gone, banned or locked, or proved a
 * password that is no longer the account's. Somebody who acts as the user leaves no mark.
 */
async function noteSignIn(tx: Transaction, opening: SessionOpening, now: number): Promise<boolean> {
  const isUsable = `id = ? AND is_banned = 0 AND (locked_until IS NULL OR locked_until <= ?)
                    AND (password_updated_at IS NULL OR password_updated_at <= ?)`;
  const { session, passwordSetAt = now } = opening;
  const values = [session.userId, now, passwordSetAt];
  if (session.actor)
    return (await tx.get(`SELECT id FROM users WHERE ${isUsable}`, ...values)) !== undefined;
  // Whoever proved everything is no guesser: the count of wrong answers ends here.
  const sql = `UPDATE users SET last_sign_in_at = ?, last_active_at = ?, failed_attempts = 0, locked_until = NULL
               WHERE ${isUsable}`;
  return (await tx.run(sql, now, now, ...values)) === 1;
}

async function setPassword(
  tx: Transaction,
  userId: string,
  { digest, signsOutOthers }: NonNullable<SessionOpening['newPassword']>,
  now: number,
): Promise<void> {
  const sql =
    'UPDATE users SET password_digest = ?, password_updated_at = ?, failed_attempts = 0, updated_at = ? WHERE id = ?';
  await tx.run(sql, digest, now, now, userId);
  if (signsOutOthers) await endSessionsOfUser(tx, userId, 'revoked', now);
}

/** Completes the attempt. One that is not new must still be open: it can open one session. */
async function completeAttempt(
  tx: Transaction,
  attempt: SessionOpening['attempt'],
  clientId: string,
): Promise<boolean> {
  if (attempt.kind === 'sign_in' && attempt.isNew) {
    await insert(tx, 'sign_ins', attempt.signIn);
    return true;
  }
  if (attempt.kind === 'sign_in') {
    const { id, createdSessionId } = attempt.signIn;
    const sql = `UPDATE sign_ins SET status = 'complete', created_session_id = ?, client_id = ?
                 WHERE id = ? AND status <> 'complete'`;
    return (await tx.run(sql, toColumn(createdSessionId), clientId, id)) === 1;
  }
  if (attempt.isNew) {
    await insert(tx, 'sign_ups', { ...attempt.signUp, passwordDigest: undefined });
    return true;
  }
  const { id, createdSessionId, createdUserId } = attempt.signUp;
  const sql = `UPDATE sign_ups SET status = 'complete', created_session_id = ?, created_user_id = ?,
                 client_id = ?, password_digest = NULL WHERE id = ? AND status <> 'complete'`;
  return (
    (await tx.run(sql, toColumn(createdSessionId), toColumn(createdUserId), clientId, id)) === 1
  );
}

/** Who asked to be signed in instead ends the sessions that were there. */
async function replaceSessions(tx: Transaction, formerId: string, now: number): Promise<void> {
  const sql =
    "UPDATE sessions SET status = 'replaced', updated_at = ? WHERE client_id = ? AND status = 'active'";
  await tx.run(sql, now, formerId);
}

/** The live sessions of the browser's former client go on in the new one. */
async function takeOver(tx: Transaction, formerId: string, clientId: string): Promise<void> {
  await tx.run(
    "UPDATE sessions SET client_id = ? WHERE client_id = ? AND status = 'active'",
    clientId,
    formerId,
  );
  await tx.run('UPDATE dev_browsers SET client_id = ? WHERE client_id = ?', clientId, formerId);
  await tx.run('UPDATE client_gestures SET client_id = ? WHERE client_id = ?', clientId, formerId);
}

async function insert(tx: Transaction, table: string, record: object): Promise<void> {
  const { sql, values } = insertStatement(table, record);
  await tx.run(sql, ...values);
}
