import { refuseField, Refusal } from '../refusal.ts';
import { countGuess, forgiveGuess } from '../user/count-guess.ts';
import { refuseUnusable } from '../user/refuse-unusable.ts';
import { hasSecondFactor, type User } from '../user/user.ts';
import type { World } from '../world.ts';
import { hashBackupCode } from './backup-codes.ts';
import { findTotpStep } from './totp.ts';

export type SecondFactorKind = 'totp' | 'backup_code';

/**
 * Takes a code of the user's authenticator app, once. Counted before it is compared, over
 * all sign-ins. Refuses with `form_code_incorrect`, `user_locked`, `user_banned`, and
 * `strategy_for_user_invalid` without an app.
 */
export async function proveTotp(world: World, user: User, code: string): Promise<void> {
  const sealed = requireTotp(user);
  const counted = await countGuess(world, user);
  const step = findTotpStep(world, sealed, code);
  if (step === undefined)
    throw wrongCode(world, counted, 'The code is not right. Read the one that the app shows now.');
  if (!(await world.store.secondFactors.takeTotpStep(user.id, sealed, step))) {
    throw wrongCode(
      world,
      counted,
      'This code has been used. Wait until the app shows the next one.',
    );
  }
  await forgiveGuess(world, user.id);
}

/** Takes a backup code, once; refuses as {@link proveTotp} does. */
export async function proveBackupCode(world: World, user: User, code: string): Promise<void> {
  requireTotp(user);
  const counted = await countGuess(world, user);
  const hash = hashBackupCode(world, user.id, code);
  if (!(await world.store.secondFactors.useBackupCode(user.id, hash, world.clock.now()))) {
    throw wrongCode(world, counted, 'The code is not right, or it has been used. Try another one.');
  }
  await forgiveGuess(world, user.id);
}

/**
 * Takes a code of either kind, as the Backend API does, and tells which it was. Six digits
 * are the app's: a backup code is longer.
 */
export async function proveSecondFactor(
  world: World,
  user: User,
  code: string,
): Promise<SecondFactorKind> {
  const kind = /^\s*\d{3}\s?\d{3}\s*$/.test(code) ? 'totp' : 'backup_code';
  await (kind === 'totp' ? proveTotp : proveBackupCode)(world, user, code);
  return kind;
}

function requireTotp(user: User): string {
  if (hasSecondFactor(user) && user.totpSealedSecret !== undefined) return user.totpSealedSecret;
  throw new Refusal('strategy_for_user_invalid', 'This account has no authenticator app.');
}

/** The guess that locked the account is told that it is locked, as with a password. */
function wrongCode(world: World, counted: User, message: string): Refusal {
  refuseUnusable(counted, world.clock.now());
  return refuseField('form_code_incorrect', 'code', message);
}
