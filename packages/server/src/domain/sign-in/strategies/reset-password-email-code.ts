import { resetCodeMail } from '../../mail/messages.ts';
import type { Strategy } from '../strategy.ts';
import {
  claimedEmailFactors,
  emailFactors,
  proveCode,
  sendClaimedCode,
  sendCode,
} from './codes.ts';

/** A code that lets a person choose a new password. It proves the address, so the next step is the password. */
export const resetPasswordEmailCode: Strategy = {
  name: 'reset_password_email_code',

  async factors(world, user) {
    const hasPassword =
      world.instance.settings.strategies.password && user.passwordDigest !== undefined;
    return hasPassword ? emailFactors('reset_password_email_code', user) : [];
  },

  prepare: (world, user, input) => sendCode(world, user, input, resetCodeMail),

  attempt: (world, attempt, _user, input) => proveCode(world, attempt, input),

  claim: {
    async factors(world, identifier) {
      const { password } = world.instance.settings.strategies;
      return password ? claimedEmailFactors(world, 'reset_password_email_code', identifier) : [];
    },
    // Whoever has no password has nothing to reset, as without the protection.
    prepare: (world, { identifier, holder }, input) => {
      const hasPassword = holder?.passwordDigest !== undefined;
      const claim = { identifier, holder: hasPassword ? holder : undefined, isForSignUp: false };
      return sendClaimedCode(world, claim, input, resetCodeMail);
    },
    attempt: (world, attempt, _claim, input) => proveCode(world, attempt, input),
  },
};
