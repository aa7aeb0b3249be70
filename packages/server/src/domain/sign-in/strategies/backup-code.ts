import { refuseField } from '../../refusal.ts';
import { proveBackupCode } from '../../second-factor/prove.ts';
import { hasSecondFactor } from '../../user/user.ts';
import type { Strategy } from '../strategy.ts';
import { requireTry } from './codes.ts';

/** One of the codes that a person has put away for the day when the app is gone. */
export const backupCode: Strategy = {
  name: 'backup_code',

  async factors(world, user) {
    const hasOne =
      hasSecondFactor(user) && (await world.store.secondFactors.hasBackupCode(user.id));
    return hasOne ? [{ strategy: 'backup_code' }] : [];
  },

  async attempt(world, attempt, user, input) {
    if (!input.code)
      throw refuseField('form_param_missing', 'code', 'Write one of your backup codes.');
    await requireTry(attempt);
    await proveBackupCode(world, user, input.code);
  },
};
