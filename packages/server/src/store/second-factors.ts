import type { SecondFactorStore, TotpEnrolment } from '../domain/second-factor/second-factor.ts';
import type { Engine, Transaction } from './engine.ts';

/** Keeps authenticator apps (in the user's row) and backup codes. */
export function secondFactorStore(engine: Engine): SecondFactorStore {
  return {
    async beginTotp(userId, sealedSecret, now) {
      const sql = `UPDATE users SET totp_sealed_secret = ?, totp_created_at = ?, totp_last_step = NULL
                   WHERE id = ? AND totp_verified_at IS NULL`;
      return (await engine.write((tx) => tx.run(sql, sealedSecret, now, userId))) === 1;
    },
    enrolTotp: (userId, enrolment, now) =>
      engine.write((tx) => enrolTotp(tx, userId, enrolment, now)),
    async takeTotpStep(userId, sealedSecret, step) {
      const sql = `UPDATE users SET totp_last_step = ?
                   WHERE id = ? AND totp_sealed_secret = ? AND totp_verified_at IS NOT NULL
                     AND (totp_last_step IS NULL OR totp_last_step < ?)`;
      return (await engine.write((tx) => tx.run(sql, step, userId, sealedSecret, step))) === 1;
    },
    removeTotp: (userId, now) => engine.write((tx) => removeTotp(tx, userId, now)),
    replaceBackupCodes: (userId, hashes, now) =>
      engine.write(async (tx) => {
        const sql =
          'UPDATE users SET backup_codes_at = ?, updated_at = ? WHERE id = ? AND totp_verified_at IS NOT NULL';
        if ((await tx.run(sql, now, now, userId)) === 0) return false;
        await replaceBackupCodes(tx, userId, hashes);
        return true;
      }),
    removeBackupCodes: (userId, now) =>
      engine.write(async (tx) => {
        const sql =
          'UPDATE users SET backup_codes_at = NULL, updated_at = ? WHERE id = ? AND backup_codes_at IS NOT NULL';
        await tx.run(sql, now, userId);
        await replaceBackupCodes(tx, userId, []);
      }),
    async hasBackupCode(userId) {
      const sql = 'SELECT user_id FROM backup_codes WHERE user_id = ? AND used_at IS NULL LIMIT 1';
      return (await engine.get(sql, userId)) !== undefined;
    },
    async useBackupCode(userId, hash, now) {
      const sql =
        'UPDATE backup_codes SET used_at = ? WHERE user_id = ? AND code_hash = ? AND used_at IS NULL';
      return (await engine.write((tx) => tx.run(sql, now, userId, hash))) === 1;
    },
  };
}

/** Makes these the only backup codes of a user, within a transaction. */
export async function replaceBackupCodes(
  tx: Transaction,
  userId: string,
  hashes: readonly string[],
): Promise<void> {
  await tx.run('DELETE FROM backup_codes WHERE user_id = ?', userId);
  for (const hash of new Set(hashes)) {
    await tx.run('INSERT INTO backup_codes (user_id, code_hash) VALUES (?, ?)', userId, hash);
  }
}

async function enrolTotp(
  tx: Transaction,
  userId: string,
  { sealedSecret, step, sessionId, backupCodeHashes }: TotpEnrolment,
  now: number,
): Promise<boolean> {
  const changed = await tx.run(
    `UPDATE users SET totp_verified_at = ?, totp_last_step = ?, backup_codes_at = ?, mfa_enabled_at = ?, updated_at = ?
     WHERE id = ? AND totp_sealed_secret = ? AND totp_verified_at IS NULL`,
    now,
    step,
    now,
    now,
    now,
    userId,
    sealedSecret,
  );
  if (changed === 0) return false;
  await tx.run(
    'UPDATE sessions SET second_factor_at = ?, updated_at = ? WHERE id = ?',
    now,
    now,
    sessionId,
  );
  await replaceBackupCodes(tx, userId, backupCodeHashes);
  return true;
}

async function removeTotp(tx: Transaction, userId: string, now: number): Promise<boolean> {
  const changed = await tx.run(
    `UPDATE users SET
       mfa_disabled_at = CASE WHEN totp_verified_at IS NULL THEN mfa_disabled_at ELSE ? END,
       totp_sealed_secret = NULL, totp_verified_at = NULL, totp_created_at = NULL, totp_last_step = NULL,
       backup_codes_at = NULL, updated_at = ?
     WHERE id = ? AND totp_sealed_secret IS NOT NULL`,
    now,
    now,
    userId,
  );
  if (changed === 0) return false;
  await replaceBackupCodes(tx, userId, []);
  return true;
}
