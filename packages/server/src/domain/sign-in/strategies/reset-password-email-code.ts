import { resetCodeMail } from '../../mail/messages.ts';
import { Refusal } from '../../refusal.ts';
import type { User } from '../../user/user.ts';
import type { World } from '../../world.ts';
import type { FactorVerification } from '../sign-in.ts';
import type { ProofBasis, Strategy } from '../strategy.ts';
import {
  claimedEmailFactors,
  countGuessOf,
  countGuessOfClaim,
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

  async prepare(world, user, input) {
    const sent = await sendCode(world, user, input, resetCodeMail);
    return { ...sent, passwordSetAt: user.passwordUpdatedAt };
  },

  async attempt(world, attempt, user, input) {
    await proveCode(world, attempt, input, () => countGuessOf(world, user, input));
    return resetBasis(world, attempt?.sent, user);
  },

  claim: {
    async factors(world, identifier) {
      const { password } = world.instance.settings.strategies;
      return password ? claimedEmailFactors(world, 'reset_password_email_code', identifier) : [];
    },
    // Whoever has no password has nothing to reset, as without the protection.
    async prepare(world, { identifier, holder }, input) {
      const hasPassword = holder?.passwordDigest !== undefined;
      const claim = { identifier, holder: hasPassword ? holder : undefined, isForSignUp: false };
      const sent = await sendClaimedCode(world, claim, input, resetCodeMail);
      return { ...sent, passwordSetAt: holder?.passwordUpdatedAt };
    },
    async attempt(world, attempt, claim, input) {
      await proveCode(world, attempt, input, () => countGuessOfClaim(world, claim, input));
      return resetBasis(world, attempt?.sent, claim.holder);
    },
  },
};

/**
 * What the proof of a reset rests on: the password that was the account's when the code was sent,
 * since whoever has set another one has ended what was begun before. It ends soon: a step that
 * waits for a day would keep an account open to whoever read one code.
 */
function resetBasis(
  world: World,
  sent: FactorVerification | undefined,
  user: User | undefined,
): ProofBasis {
  const passwordSetAt = sent?.passwordSetAt;
  if (user?.passwordUpdatedAt !== passwordSetAt) {
    throw new Refusal(
      'verification_expired',
      'The password was changed after this code was sent. Ask for a new code.',
    );
  }
  return { passwordSetAt, expireAt: world.clock.now() + resetLifetime };
}

/** How long a new password can be chosen after the code. Milliseconds. */
const resetLifetime = 600_000;
