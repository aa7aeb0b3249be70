import type { InvitationAcceptance } from '../domain/invitation/invitation.ts';
import type {
  OpeningOutcome,
  SessionOpening,
  SessionOpeningStore,
} from '../domain/session/open.ts';
import type { Session } from '../domain/session/session.ts';
import { appendAudit, waitingLine } from './audit-log.ts';
import { insertStatement, toColumn } from './columns.ts';
import type { Engine, Step, Steps, Transaction } from './engine.ts';
import { gestureNote } from './gestures.ts';
import { writeAcceptance } from './invitations.ts';
import { rememberDevice } from './known-devices.ts';
import { isMember } from './memberships.ts';
import { endSessionsOfUser } from './session-endings.ts';
import { consumption } from './sign-in-tokens.ts';
import { insertUser, isUsable, laterPasswordTime } from './users.ts';

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
      if (engine.runTogether && isPlain(opening)) {
        const failed = await engine.runTogether(plainSteps(opening, now));
        return failed ?? 'opened';
      }
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

/**
 * Whether nothing is read but the rows that are written, each by one statement: the user, the
 * ticket and the attempt. Somebody who acts as the user leaves no mark on that row.
 */
function isPlain({ session, attempt, ...opening }: SessionOpening): boolean {
  return (
    attempt.kind === 'sign_in' &&
    session.actor === undefined &&
    session.organizationId === undefined &&
    opening.formerClientId === undefined &&
    opening.acceptedInvitation === undefined &&
    opening.newPassword === undefined &&
    opening.knownDevice === undefined
  );
}

/** What `writeOpening` does where it is plain. */
function plainSteps(opening: SessionOpening, now: number): Steps<OpeningOutcome> {
  const { session, client, consumedToken, auditEntry } = opening;
  return [
    signInMark(opening, now),
    ...(consumedToken ? [consumption(consumedToken, session.id, now)] : []),
    completion(opening.attempt, client.id, now),
    insertStatement('clients', client),
    insertStatement('sessions', session),
    waitingLine(auditEntry),
    ...notes(opening),
  ];
}

/** Each condition is judged by the statement that writes; the first that fails undoes all. */
async function writeOpening(tx: Transaction, opening: SessionOpening, now: number): Promise<void> {
  const { session, client, attempt, consumedToken, acceptedInvitation, newPassword, knownDevice } =
    opening;
  // Before the user, whose address would tell a second comer less.
  if (acceptedInvitation) await takeInvitation(tx, acceptedInvitation, now);
  if (attempt.kind === 'sign_up') await insertUser(tx, attempt.user);
  if (session.actor) await requireUsable(tx, opening, now);
  else await take(tx, signInMark(opening, now));
  if (consumedToken) await take(tx, consumption(consumedToken, session.id, now));
  if (newPassword) await setPassword(tx, session.userId, newPassword, now);
  if (knownDevice) await rememberDevice(tx, knownDevice, now);
  await take(tx, completion(attempt, client.id, now));
  await insert(tx, 'clients', client);
  const kept = { ...session, organizationId: await keptOrganization(tx, session) };
  await insert(tx, 'sessions', kept, tx.nextBlock?.('sessions'));
  await appendAudit(tx, opening.auditEntry);
  if (opening.formerClientId !== undefined) {
    if (opening.replacesSessions) await replaceSessions(tx, opening.formerClientId, now);
    await takeOver(tx, opening.formerClientId, client.id);
  }
  for (const note of notes(opening)) await take(tx, note);
}

/** What else is known of the browser from now on. */
function notes({ client, session, ...opening }: SessionOpening): readonly Step<never>[] {
  const { isByGesture, devBrowserHash } = opening;
  const sql = 'UPDATE dev_browsers SET client_id = ? WHERE token_hash = ?';
  return [
    ...(isByGesture ? [gestureNote(client.id, session.userId)] : []),
    ...(devBrowserHash === undefined
      ? []
      : [{ sql, values: [client.id, devBrowserHash], row: devBrowserHash }]),
  ];
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

async function take(tx: Transaction, step: Step<OpeningOutcome>): Promise<void> {
  const changed = await tx.run(step.sql, ...step.values);
  if (step.otherwise !== undefined && changed !== 1) throw new OpeningFailed(step.otherwise);
}

/**
 * The password is the one that was proved, or was to be replaced. Its time is compared, and no
 * clock: another server's may have set it, which goes a little ahead or behind.
 */
const isProvedPassword = 'AND COALESCE(password_updated_at, 0) = ?';

const marks = 'last_sign_in_at = ?, last_active_at = ?, failed_attempts = 0, locked_until = NULL';

// Texts that are put together once: a text is found again by a hash of all of it.
const ofUsable = textsFor(isUsable);
const ofProved = textsFor(`${isUsable} ${isProvedPassword}`);

function textsFor(condition: string) {
  return {
    mark: `UPDATE users SET ${marks} WHERE ${condition}`,
    find: `SELECT id FROM users WHERE ${condition}`,
  };
}

/**
 * Marks the sign-in on the user, unless the user is gone, banned or locked, or the password is no
 * longer the one that was proved, or was to be replaced. Whoever proved everything is no guesser:
 * the count of wrong answers ends here.
 */
function signInMark(opening: SessionOpening, now: number): Step<'user_not_usable'> {
  const { texts, values } = usable(opening, now);
  return {
    sql: texts.mark,
    values: [now, now, ...values],
    otherwise: 'user_not_usable',
    row: opening.session.userId,
  };
}

/** Somebody who acts as the user leaves no mark. */
async function requireUsable(tx: Transaction, opening: SessionOpening, now: number): Promise<void> {
  const { texts, values } = usable(opening, now);
  const row = await tx.get(texts.find, ...values);
  if (!row) throw new OpeningFailed('user_not_usable');
}

function usable({ session, passwordSetAt }: SessionOpening, now: number) {
  return passwordSetAt === undefined
    ? { texts: ofUsable, values: [session.userId, now] }
    : { texts: ofProved, values: [session.userId, now, passwordSetAt] };
}

async function setPassword(
  tx: Transaction,
  userId: string,
  { digest, signsOutOthers }: NonNullable<SessionOpening['newPassword']>,
  now: number,
): Promise<void> {
  const sql = `UPDATE users SET password_digest = ?, password_updated_at = ${laterPasswordTime},
                 failed_attempts = 0, updated_at = ? WHERE id = ?`;
  await tx.run(sql, digest, now, now, now, userId);
  if (signsOutOthers) await endSessionsOfUser(tx, userId, 'revoked', now);
}

/** Completes the attempt. One that is not new must still be open, and in time: it can open one session. */
function completion(
  attempt: SessionOpening['attempt'],
  clientId: string,
  now: number,
): Step<'attempt_not_open'> {
  if (attempt.isNew) {
    return attempt.kind === 'sign_in'
      ? insertStatement('sign_ins', attempt.signIn)
      : insertStatement('sign_ups', { ...attempt.signUp, passwordDigest: undefined });
  }
  const otherwise = 'attempt_not_open';
  if (attempt.kind === 'sign_in') {
    const { id, createdSessionId } = attempt.signIn;
    const sql = `UPDATE sign_ins SET status = 'complete', created_session_id = ?, client_id = ?
                 WHERE id = ? AND status <> 'complete' AND abandon_at > ?`;
    return { sql, values: [toColumn(createdSessionId), clientId, id, now], otherwise, row: id };
  }
  const { id, createdSessionId, createdUserId } = attempt.signUp;
  const sql = `UPDATE sign_ups SET status = 'complete', created_session_id = ?, created_user_id = ?,
                 client_id = ?, password_digest = NULL
               WHERE id = ? AND status <> 'complete' AND abandon_at > ?`;
  const values = [toColumn(createdSessionId), toColumn(createdUserId), clientId, id, now];
  return { sql, values, otherwise, row: id };
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

async function insert(
  tx: Transaction,
  table: string,
  record: object,
  block?: string,
): Promise<void> {
  const { sql, values } = insertStatement(table, record, block);
  await tx.run(sql, ...values);
}
