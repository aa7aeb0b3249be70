import { refuseField, type Refusal } from '../../refusal.ts';
import { proveClaimedPassword, provePassword } from '../../user/verify-password.ts';
import type { Strategy } from '../strategy.ts';

/** Sign-in with a password. */
export const password: Strategy = {
  name: 'password',

  async factors(world, user) {
    return world.instance.settings.strategies.password && user.passwordDigest !== undefined
      ? [{ strategy: 'password' }]
      : [];
  },

  async attempt(world, _attempt, user, input) {
    if (!input.password) throw missingPassword();
    await provePassword(world, user, input.password);
    return { passwordSetAt: user.passwordUpdatedAt };
  },

  claim: {
    async factors(world) {
      return world.instance.settings.strategies.password ? [{ strategy: 'password' }] : [];
    },

    async attempt(world, _attempt, { holder }, input) {
      if (!input.password) throw missingPassword();
      const user = await proveClaimedPassword(world, holder, input.password);
      return { passwordSetAt: user.passwordUpdatedAt };
    },
  },
};

function missingPassword(): Refusal {
  return refuseField('form_param_missing', 'password', 'Write your password.');
}
