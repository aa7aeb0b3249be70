import { refuseField } from '../refusal.ts';
import type { User, UserChange } from '../user/user.ts';
import type { World } from '../world.ts';
import { hashBackupCode } from './backup-codes.ts';
import { readTotpSecret, sealTotpSecret } from './totp.ts';

/** Second factors that the customer's server brings along. */
export interface ImportedFactors {
  /** Base 32, as for every app: 30 seconds, six digits, SHA-1. It counts at once. */
  readonly totpSecret?: string | undefined;
  /** In plain text. */
  readonly backupCodes?: readonly string[] | undefined;
}

/**
 * What a user record takes over of them. Refuses a secret that is none, codes that are too
 * short or hashed elsewhere, and codes without an app that they stand in for.
 */
export function importFactors(
  world: World,
  user: Pick<User, 'id' | 'totpVerifiedAt'>,
  { totpSecret, backupCodes }: ImportedFactors,
): { change: UserChange; backupCodeHashes?: readonly string[] } {
  const now = world.clock.now();
  const hasApp = totpSecret !== undefined || user.totpVerifiedAt !== undefined;
  if (backupCodes?.length && !hasApp) {
    throw refuseField(
      'form_param_value_invalid',
      'backup_codes',
      'Backup codes go with an authenticator app. Give totp_secret too.',
    );
  }
  const codesAt = backupCodes && { backupCodesAt: backupCodes.length > 0 ? now : undefined };
  const app = totpSecret === undefined ? {} : importTotp(world, totpSecret, now);
  return {
    change: { ...app, ...codesAt },
    ...(backupCodes && {
      backupCodeHashes: backupCodes.map((code) =>
        hashBackupCode(world, user.id, requireCode(code)),
      ),
    }),
  };
}

function importTotp(world: World, text: string, now: number): UserChange {
  const secret = readTotpSecret(text);
  if (!secret) {
    throw refuseField(
      'form_param_value_invalid',
      'totp_secret',
      'Give the secret in base 32, at least 16 characters.',
    );
  }
  return {
    totpSealedSecret: sealTotpSecret(world, secret),
    totpCreatedAt: now,
    totpVerifiedAt: now,
    totpLastStep: undefined,
    mfaEnabledAt: now,
  };
}

/** Longer than a code of the app, so that the two cannot be taken for each other. */
function requireCode(code: string): string {
  if (/^[a-z0-9][a-z0-9 -]{6,62}[a-z0-9]$/i.test(code)) return code;
  throw refuseField(
    'form_param_value_invalid',
    'backup_codes',
    'Give backup codes in plain text: 8 to 64 letters and digits each. Hashed ones cannot be taken over; let people make new ones.',
  );
}
