import type { BackupCodesJSON, TotpJSON } from '@willcall/contract';
import type { BegunTotp, MadeBackupCodes } from '../../domain/second-factor/enrol.ts';
import { totpUri } from '../../domain/second-factor/totp.ts';
import type { User } from '../../domain/user/user.ts';
import type { World } from '../../domain/world.ts';

/** An authenticator app that is to be verified: the one answer that shows its secret. */
export function presentBegunTotp(world: World, { user, secret }: BegunTotp): TotpJSON {
  return { ...presentTotp(user), secret: secret.reveal(), uri: totpUri(world, user, secret) };
}

/** An authenticator app that was verified, with the backup codes that were made for it. */
export function presentVerifiedTotp({ user, backupCodes }: MadeBackupCodes): TotpJSON {
  return { ...presentTotp(user), backup_codes: [...backupCodes] };
}

/** New backup codes: the one answer that shows them. */
export function presentBackupCodes({ user, backupCodes }: MadeBackupCodes): BackupCodesJSON {
  const at = user.backupCodesAt ?? user.updatedAt;
  return {
    object: 'backup_code',
    id: idFor('bkc', user.id),
    codes: [...backupCodes],
    created_at: at,
    updated_at: at,
  };
}

/** What is left of an app that was removed. */
export function presentRemovedTotp(userId: string) {
  return { object: 'totp', id: idFor('totp', userId), deleted: true };
}

function presentTotp(user: User): TotpJSON {
  return {
    object: 'totp',
    id: idFor('totp', user.id),
    secret: null,
    uri: null,
    verified: user.totpVerifiedAt !== undefined,
    backup_codes: null,
    created_at: user.totpCreatedAt ?? user.updatedAt,
    updated_at: user.totpVerifiedAt ?? user.totpCreatedAt ?? user.updatedAt,
  };
}

/** A user has one app and one set of codes at most, so that they are named as the user is. */
function idFor(prefix: string, userId: string): string {
  return `${prefix}_${userId.slice('user_'.length)}`;
}
