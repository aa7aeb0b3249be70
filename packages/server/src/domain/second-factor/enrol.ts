import { notFound, refuseField, Refusal } from '../refusal.ts';
import type { Secret } from '../secret.ts';
import { getUser } from '../user/update.ts';
import { hasSecondFactor, type User } from '../user/user.ts';
import type { World } from '../world.ts';
import { hashBackupCode, newBackupCodes } from './backup-codes.ts';
import { findTotpStep, newTotpSecret, sealTotpSecret } from './totp.ts';

/** A person and what only the answer to this one call may show. */
export interface BegunTotp {
  readonly user: User;
  readonly secret: Secret;
}

export interface MadeBackupCodes {
  readonly user: User;
  readonly backupCodes: readonly string[];
}

/**
 * Makes a secret for an authenticator app. It counts for nothing until a code proves that the
 * app has it; another call replaces it. Refuses with `totp_already_enabled` where an app is
 * enrolled: it must be removed first, so that nothing silently stops working.
 */
export async function beginTotp(world: World, user: User): Promise<BegunTotp> {
  const secret = newTotpSecret(world);
  if (
    !(await world.store.secondFactors.beginTotp(
      user.id,
      sealTotpSecret(world, secret),
      world.clock.now(),
    ))
  ) {
    throw alreadyEnrolled();
  }
  return { secret, user: await getUser(world, user.id) };
}

/**
 * Enrols the app whose code this is, and makes backup codes for it. The code is taken: it
 * does not sign in, and the session counts it as a proof of the second factor. Refuses with `form_code_incorrect`, `totp_already_enabled`, and
 * `resource_not_found` before {@link beginTotp}.
 */
export async function verifyTotp(
  world: World,
  user: User,
  code: string,
  sessionId: string,
): Promise<MadeBackupCodes> {
  if (hasSecondFactor(user)) throw alreadyEnrolled();
  if (user.totpSealedSecret === undefined) throw notFound('authenticator app under way');
  // Nothing is guessed here: whoever enrols an app has been shown its secret.
  const step = findTotpStep(world, user.totpSealedSecret, code);
  if (step === undefined) {
    throw refuseField(
      'form_code_incorrect',
      'code',
      'The code is not right. Read the one that the app shows now.',
    );
  }
  const backupCodes = newBackupCodes(world);
  const enrolment = {
    sealedSecret: user.totpSealedSecret,
    step,
    sessionId,
    backupCodeHashes: hashAll(world, user.id, backupCodes),
  };
  if (!(await world.store.secondFactors.enrolTotp(user.id, enrolment, world.clock.now()))) {
    throw alreadyEnrolled();
  }
  return { backupCodes, user: await getUser(world, user.id) };
}

/** Removes the authenticator app, and the backup codes with it. Refuses with `resource_not_found`. */
export async function removeTotp(world: World, userId: string): Promise<void> {
  if (!(await world.store.secondFactors.removeTotp(userId, world.clock.now())))
    throw notFound('authenticator app');
}

/** Makes new backup codes; those before are void. Refuses with `backup_codes_not_available` without an app. */
export async function renewBackupCodes(world: World, user: User): Promise<MadeBackupCodes> {
  const backupCodes = newBackupCodes(world);
  const hashes = hashAll(world, user.id, backupCodes);
  if (!(await world.store.secondFactors.replaceBackupCodes(user.id, hashes, world.clock.now()))) {
    throw new Refusal(
      'backup_codes_not_available',
      'Backup codes go with an authenticator app. Add one first.',
    );
  }
  return { backupCodes, user: await getUser(world, user.id) };
}

function hashAll(world: World, userId: string, codes: readonly string[]): readonly string[] {
  return codes.map((code) => hashBackupCode(world, userId, code));
}

function alreadyEnrolled(): Refusal {
  return new Refusal(
    'totp_already_enabled',
    'This account has an authenticator app. Remove it first.',
  );
}
