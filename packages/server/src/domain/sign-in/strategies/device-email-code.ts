import { newDeviceCodeMail } from '../../mail/messages.ts';
import { countGuess, forgiveGuess } from '../../user/count-guess.ts';
import type { Strategy } from '../strategy.ts';
import { emailFactors, proveCode, sendCode } from './codes.ts';

/**
 * A code by mail that proves an unknown device. It is there whether or not people may sign in
 * by such a code alone, and wrong ones count against the account: whoever is asked for it
 * knows the password, and could have new codes sent for ever.
 */
export const deviceEmailCode: Strategy = {
  name: 'email_code',

  async factors(_world, user) {
    return emailFactors('email_code', user);
  },

  prepare: (world, user, input) => sendCode(world, user, input, newDeviceCodeMail, 'device code'),

  async attempt(world, attempt, user, input) {
    await proveCode(world, attempt, input, () => countGuess(world, user));
    await forgiveGuess(world, user.id);
  },
};
