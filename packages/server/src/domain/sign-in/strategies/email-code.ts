import { signInCodeMail, signUpCodeMail } from '../../mail/messages.ts';
import type { Strategy } from '../strategy.ts';
import {
  claimedEmailFactors,
  countGuessOf,
  countGuessOfClaim,
  emailFactors,
  proveCode,
  sendClaimedCode,
  sendCode,
} from './codes.ts';

/** Sign-in with a six-digit code sent to one of the user's addresses. */
export const emailCode: Strategy = {
  name: 'email_code',

  async factors(world, user) {
    return world.instance.settings.strategies.emailCode ? emailFactors('email_code', user) : [];
  },

  prepare: (world, user, input) => sendCode(world, user, input, signInCodeMail),

  attempt: (world, attempt, user, input) =>
    proveCode(world, attempt, input, () => countGuessOf(world, user, input)),

  claim: {
    async factors(world, identifier) {
      const { emailCode: isOn } = world.instance.settings.strategies;
      return isOn ? claimedEmailFactors(world, 'email_code', identifier) : [];
    },
    prepare: (world, claim, input) =>
      sendClaimedCode(world, claim, input, signInCodeMail, signUpCodeMail),
    attempt: (world, attempt, claim, input) =>
      proveCode(world, attempt, input, () => countGuessOfClaim(world, claim, input)),
  },
};
