import { refuseField } from '../../refusal.ts';
import { proveTotp } from '../../second-factor/prove.ts';
import { hasSecondFactor } from '../../user/user.ts';
import type { Strategy } from '../strategy.ts';
import { requireTry } from './codes.ts';

/** The code that an authenticator app shows now. */
export const totp: Strategy = {
  name: 'totp',

  async factors(_world, user) {
    return hasSecondFactor(user) ? [{ strategy: 'totp' }] : [];
  },

  async attempt(world, attempt, user, input) {
    if (!input.code)
      throw refuseField('form_param_missing', 'code', 'Write the code from your app.');
    await requireTry(attempt);
    await proveTotp(world, user, input.code);
  },
};
