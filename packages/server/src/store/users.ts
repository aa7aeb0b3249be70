import type { AuditEntry } from '../domain/audit-log/audit-log.ts';
import { normalizeIdentifier } from '../domain/user/email-address.ts';
import {
  type Identification,
  nobodyId,
  type OwnTerms,
  type UniqueUserField,
  type User,
  type UserChange,
  UserConflict,
  type UserStore,
} from '../domain/user/user.ts';
import { mapInTurns } from '../domain/turns.ts';
import { appendAudit } from './audit-log.ts';
import {
  assignments,
  flag,
  insertStatement,
  json,
  number,
  optionalNumber,
  optionalText,
  text,
} from './columns.ts';
import type { Engine, Reader, Row, SqlValue, Transaction } from './engine.ts';
import { replaceBackupCodes } from './second-factors.ts';
import { endSessionsOfUser, endSomeOfUser } from './session-endings.ts';
import { eraseUser } from './user-erasure.ts';
import { filterUsers, orderUsers } from './user-filter.ts';

/** Of `users`: who may sign in at a time. */
export const isUsable = 'id = ? AND is_banned = 0 AND (locked_until IS NULL OR locked_until <= ?)';

/**
 * Of `users`: the time of a password that is set now, twice. No two of an account have the same,
 * whatever clocks say: proofs are told by it of which one they are.
 */
export const laterPasswordTime = `CASE WHEN password_updated_at >= CAST(? AS BIGINT)
  THEN password_updated_at + 1 ELSE CAST(? AS BIGINT) END`;

/** Keeps users and their addresses. Who is `aside` reads what was committed, and is in nobody's way. */
export function userStore(engine: Engine, aside: Reader = engine): UserStore {
  return {
    find: (id) => findUser(engine, id),
    async findStanding(id) {
      const row = await engine.get(
        'SELECT id, is_banned, locked_until FROM users WHERE id = ?',
        id,
      );
      return (
        row && {
          id: text(row, 'id'),
          isBanned: flag(row, 'is_banned'),
          lockedUntil: optionalNumber(row, 'locked_until'),
        }
      );
    },
    async findByIdentification(kind, value) {
      const sql = 'SELECT user_id AS id FROM identifications WHERE kind = ? AND value_key = ?';
      const row = await engine.get(sql, kind, normalizeIdentifier(value));
      return findUser(engine, row ? text(row, 'id') : nobodyId);
    },
    async findByIdentifier(identifier) {
      const key = normalizeIdentifier(identifier);
      const row = await engine.get(identifierSql, key, key);
      return findUser(engine, row ? text(row, 'id') : nobodyId);
    },
    async list(filter, page) {
      const where = filterUsers(filter);
      const sql = `SELECT u.* FROM users u ${where.sql} ORDER BY ${orderUsers(page)} LIMIT ? OFFSET ?`;
      const rows = await engine.all(sql, ...where.values, page.limit, page.offset);
      const identifications = await selectIdentifications(
        engine,
        rows.map((row) => text(row, 'id')),
      );
      return mapInTurns(rows, (row) => readUser(row, identifications));
    },
    async count(filter) {
      const where = filterUsers(filter);
      const row = await engine.get(
        `SELECT count(*) AS total FROM users u ${where.sql}`,
        ...where.values,
      );
      return row ? number(row, 'total') : 0;
    },
    create: (user, backupCodeHashes) =>
      engine.write(async (tx) => {
        await insertUser(tx, user);
        if (backupCodeHashes) await replaceBackupCodes(tx, user.id, backupCodeHashes);
      }),
    update: (id, change, { ending, backupCodeHashes, entry, terms } = {}) =>
      engine.write(async (tx) => {
        if (terms && !(await hold(tx, id, terms))) return undefined;
        if (ending) await endSessionsOfUser(tx, id, 'revoked', ending.at, ending.exceptId);
        const updated = await updateUser(tx, id, change);
        if (updated && backupCodeHashes) await replaceBackupCodes(tx, id, backupCodeHashes);
        if (updated) await appendAudit(tx, entry);
        return updated;
      }),
    delete: (id, erasure) => eraseUser(engine, aside, id, erasure),
    async ban(id, at, entry) {
      for (;;) {
        const outcome = await engine.write((tx) => banUser(tx, id, at, entry));
        if (outcome !== 'again') return outcome;
      }
    },
    countAttempt: (id, limit) =>
      engine.write((tx) => countAttempt(tx, id, limit), { isReadCommitted: true }),
    async takeBackAttempt(id, attempts) {
      const sql = `UPDATE users SET
                     failed_attempts = failed_attempts - 1,
                     locked_until = CASE WHEN failed_attempts - 1 >= ? THEN locked_until END
                   WHERE id = ? AND failed_attempts > 0`;
      await engine.write((tx) => tx.run(sql, attempts, id));
    },
    takeAccountNotice: (id, { at, quietSince }) =>
      engine.write(
        async (tx) => {
          const sql = `UPDATE users SET account_notice_at = ?
                       WHERE id = ? AND (account_notice_at IS NULL OR account_notice_at <= ?)`;
          const changed = await tx.run(sql, at, id, quietSince);
          await touchNobody(tx, changed);
          return changed === 1;
        },
        { isReadCommitted: true },
      ),
  };
}

/** An address of either kind comes before a username. */
const identifierSql = `SELECT id FROM (
    SELECT user_id AS id, kind AS rank FROM identifications
    WHERE kind IN ('email_address', 'phone_number') AND value_key = ?
    UNION ALL SELECT id, 'username' AS rank FROM users WHERE username_key = ?
  ) AS found ORDER BY rank LIMIT 1`;

/** Writes a user and the addresses, within a transaction. Throws `UserConflict`. */
export async function insertUser(tx: Transaction, user: User): Promise<void> {
  await refuseConflict(tx, user);
  const { identifications, ...fields } = user;
  const { sql, values } = insertStatement('users', {
    ...fields,
    usernameKey: usernameKey(user.username),
  });
  await tx.run(sql, ...values);
  for (const identification of identifications) {
    const taken = await tx.get(
      'SELECT id FROM identifications WHERE kind = ? AND value_key = ?',
      identification.kind,
      normalizeIdentifier(identification.value),
    );
    if (taken) throw new UserConflict(identification.kind);
    const insert = insertStatement('identifications', {
      ...identification,
      valueKey: normalizeIdentifier(identification.value),
    });
    await tx.run(insert.sql, ...insert.values);
  }
}

/** The addresses of these users. */
async function selectIdentifications(
  reader: Reader,
  userIds: readonly string[],
): Promise<Identification[]> {
  if (userIds.length === 0) return [];
  const marks = userIds.map(() => '?').join(', ');
  const rows = await reader.all(
    `SELECT ${addressColumns} FROM identifications i WHERE i.user_id IN (${marks}) ORDER BY i.id`,
    ...userIds,
  );
  return rows.map(readIdentification);
}

/** A user from its row, with those of the addresses that are its own. */
function readUser(row: Row, identifications: readonly Identification[]): User {
  const id = text(row, 'id');
  return {
    id,
    externalId: optionalText(row, 'external_id'),
    username: optionalText(row, 'username'),
    firstName: optionalText(row, 'first_name'),
    lastName: optionalText(row, 'last_name'),
    locale: optionalText(row, 'locale'),
    primaryEmailAddressId: optionalText(row, 'primary_email_address_id'),
    primaryPhoneNumberId: optionalText(row, 'primary_phone_number_id'),
    passwordDigest: optionalText(row, 'password_digest'),
    passwordUpdatedAt: optionalNumber(row, 'password_updated_at'),
    totpSealedSecret: optionalText(row, 'totp_sealed_secret'),
    totpVerifiedAt: optionalNumber(row, 'totp_verified_at'),
    totpCreatedAt: optionalNumber(row, 'totp_created_at'),
    totpLastStep: optionalNumber(row, 'totp_last_step'),
    backupCodesAt: optionalNumber(row, 'backup_codes_at'),
    mfaEnabledAt: optionalNumber(row, 'mfa_enabled_at'),
    mfaDisabledAt: optionalNumber(row, 'mfa_disabled_at'),
    publicMetadata: json(row, 'public_metadata'),
    privateMetadata: json(row, 'private_metadata'),
    unsafeMetadata: json(row, 'unsafe_metadata'),
    isBanned: flag(row, 'is_banned'),
    lockedUntil: optionalNumber(row, 'locked_until'),
    failedAttempts: number(row, 'failed_attempts'),
    isDeleteSelfEnabled: flag(row, 'is_delete_self_enabled'),
    isCreateOrganizationEnabled: flag(row, 'is_create_organization_enabled'),
    createOrganizationsLimit: optionalNumber(row, 'create_organizations_limit'),
    legalAcceptedAt: optionalNumber(row, 'legal_accepted_at'),
    lastSignInAt: optionalNumber(row, 'last_sign_in_at'),
    lastActiveAt: optionalNumber(row, 'last_active_at'),
    createdAt: number(row, 'created_at'),
    updatedAt: number(row, 'updated_at'),
    identifications: identifications.filter((each) => each.userId === id),
  };
}

/** Every column of an address under a name that no column of a user has. */
export const addressColumns = [
  'id',
  'user_id',
  'kind',
  'value',
  'is_verified',
  'verification_strategy',
  'created_at',
  'updated_at',
]
  .map((column) => `i.${column} AS address_${column}`)
  .join(', ');

const findSql = `SELECT u.*, ${addressColumns}
  FROM users u LEFT JOIN identifications i ON i.user_id = u.id WHERE u.id = ? ORDER BY i.id`;

/** One statement, and the same for nobody: the work does not tell whether there is such a user. */
async function findUser(reader: Reader, id: string): Promise<User | undefined> {
  return readJoinedUser(await reader.all(findSql, id));
}

/** A user from rows of `u.*` and {@link addressColumns}, one for each address or one without; `undefined` without a row. */
export function readJoinedUser(rows: readonly Row[]): User | undefined {
  const [first] = rows;
  if (!first) return undefined;
  return readUser(first, rows.filter((row) => row['address_id'] !== null).map(readIdentification));
}

async function updateUser(
  tx: Transaction,
  id: string,
  decide: UserChange | ((present: User) => UserChange),
): Promise<User | undefined> {
  const present = await findUser(tx, id);
  if (!present) return undefined;
  const change = typeof decide === 'function' ? decide(present) : decide;
  await refuseConflict(tx, { ...change, id });
  const fields = {
    ...change,
    ...('username' in change && { usernameKey: usernameKey(change.username) }),
    ...('passwordUpdatedAt' in change && {
      passwordUpdatedAt: laterTime(change.passwordUpdatedAt, present.passwordUpdatedAt),
    }),
  };
  if (Object.keys(fields).length === 0) return present;
  const { sql, values } = assignments(fields);
  await tx.run(`UPDATE users SET ${sql} WHERE id = ?`, ...values, id);
  return findUser(tx, id);
}

/** What {@link laterPasswordTime} says. */
function laterTime(at: number | undefined, former: number | undefined): number | undefined {
  return at === undefined || former === undefined ? at : Math.max(at, former + 1);
}

/** Whether what a person proved for a change still counts. */
async function hold(
  tx: Transaction,
  id: string,
  { passwordDigest, sessionId, at }: OwnTerms,
): Promise<boolean> {
  const user = await tx.get('SELECT password_digest FROM users WHERE id = ? AND is_banned = 0', id);
  if (!user || optionalText(user, 'password_digest') !== passwordDigest) return false;
  const isLive = "status = 'active' AND expire_at > ? AND abandon_at > ?";
  const sql = `SELECT id FROM sessions WHERE id = ? AND user_id = ? AND ${isLive}`;
  return (await tx.get(sql, sessionId, id, at, at)) !== undefined;
}

/** Bans, or of a user with many sessions ends some of them: `again` where it is to be called again. */
async function banUser(
  tx: Transaction,
  id: string,
  at: number,
  entry: AuditEntry,
): Promise<User | 'again' | undefined> {
  if (await endSomeOfUser(tx, id, 'revoked', at)) return 'again';
  const banned = await updateUser(tx, id, { isBanned: true, updatedAt: at });
  if (banned) await endResets(tx, id, at);
  if (banned) await appendAudit(tx, entry);
  return banned;
}

/** A password that somebody was about to choose is chosen by nobody once the ban is lifted. */
async function endResets(tx: Transaction, id: string, at: number): Promise<void> {
  const sql = `UPDATE sign_ins SET abandon_at = ?
    WHERE user_id = ? AND created_session_id IS NULL AND abandon_at > ?
      AND first_factor LIKE '%"reset_password_%'`;
  await tx.run(sql, at, id, at);
}

/** Whoever guesses at the same account waits for the row, and counts on from what it is then. */
async function countAttempt(
  tx: Transaction,
  id: string,
  limit: { attempts: number; lockUntil: number; at: number },
): Promise<User | undefined> {
  // A lock that ran out starts the count anew.
  const counted = 'CASE WHEN locked_until IS NULL THEN failed_attempts ELSE 0 END + 1';
  const changed = await tx.run(
    `UPDATE users SET
       failed_attempts = ${counted},
       locked_until = CASE WHEN ${counted} >= ? THEN CAST(? AS BIGINT) END
     WHERE ${isUsable}`,
    limit.attempts,
    limit.lockUntil,
    id,
    limit.at,
  );
  await touchNobody(tx, changed);
  const user = await findUser(tx, id);
  return changed === 1 ? user : undefined;
}

/**
 * Writes where there was no row to write: a commit takes its sync to disk only if it changed
 * something. It is the same statement where there was one; that leaves the row alone, or else
 * guesses at all accounts would wait for each other.
 */
async function touchNobody(tx: Transaction, changed: number): Promise<void> {
  await tx.run('UPDATE nobody SET touches = touches + 1 WHERE ? = 0', changed);
}

async function refuseConflict(
  tx: Transaction,
  user: Partial<User> & { id: string },
): Promise<void> {
  const unique: readonly [UniqueUserField, string, SqlValue | undefined][] = [
    ['username', 'username_key', usernameKey(user.username)],
    ['external_id', 'external_id', user.externalId],
  ];
  for (const [field, column, value] of unique) {
    if (value === undefined || value === null) continue;
    const other = await tx.get(
      `SELECT id FROM users WHERE ${column} = ? AND id <> ?`,
      value,
      user.id,
    );
    if (other) throw new UserConflict(field);
  }
}

function usernameKey(username: string | undefined): string | undefined {
  return username === undefined ? undefined : normalizeIdentifier(username);
}

function readIdentification(row: Row): Identification {
  return {
    id: text(row, 'address_id'),
    userId: text(row, 'address_user_id'),
    kind: text(row, 'address_kind') as Identification['kind'],
    value: text(row, 'address_value'),
    isVerified: flag(row, 'address_is_verified'),
    verificationStrategy: text(row, 'address_verification_strategy'),
    createdAt: number(row, 'address_created_at'),
    updatedAt: number(row, 'address_updated_at'),
  };
}
