import { expect, test } from 'vitest';
import { nextStep, type Policy } from './next-step.ts';
import type { FactorVerification } from './sign-in.ts';

const proved = (strategy: string): FactorVerification => ({ strategy, status: 'verified' });
const sent = (strategy: string): FactorVerification => ({ strategy, status: 'unverified' });
const nothing = {
  firstFactor: undefined,
  secondFactor: undefined,
  clientTrust: undefined,
  newPasswordDigest: undefined,
};

const any: Policy = { firstFactor: 'any', isSecondFactorNeeded: false, isClientTrustNeeded: false };
const ticket: Policy = { ...any, firstFactor: 'ticket' };
const enterprise: Policy = { ...any, firstFactor: 'enterprise_sso' };
const second = { isSecondFactorNeeded: true };
const trust = { isClientTrustNeeded: true };

test.each([
  ['nothing is proved', any, {}, 'needs_first_factor'],
  ['a code is sent and not proved', any, { firstFactor: sent('email_code') }, 'needs_first_factor'],
  ['a password is proved', any, { firstFactor: proved('password') }, undefined],
  ['a ticket is enough', ticket, { firstFactor: proved('ticket') }, undefined],
  ['a ticket is not enough', any, { firstFactor: proved('ticket') }, 'needs_first_factor'],
  [
    'only the provider will do',
    enterprise,
    { firstFactor: proved('password') },
    'needs_first_factor',
  ],
  ['the provider has proved', enterprise, { firstFactor: proved('enterprise_sso') }, undefined],
  [
    'a reset is proved',
    any,
    { firstFactor: proved('reset_password_email_code') },
    'needs_new_password',
  ],
  [
    'a reset has its password and a second factor is asked',
    { ...any, ...second },
    { firstFactor: proved('reset_password_email_code'), newPasswordDigest: 'x' },
    'needs_second_factor',
  ],
  ['a second factor is asked beside a ticket', { ...ticket, ...second }, {}, 'needs_second_factor'],
  ['both are proved', { ...ticket, ...second }, { secondFactor: proved('totp') }, undefined],
  ['the device is unknown', { ...ticket, ...trust }, {}, 'needs_client_trust'],
  [
    'a code to the device is sent',
    { ...ticket, ...trust },
    { clientTrust: sent('email_code') },
    'needs_client_trust',
  ],
  [
    'the device is proved',
    { ...ticket, ...trust },
    { clientTrust: proved('email_code') },
    undefined,
  ],
] as const)('%s', (_name, policy, proofs, status) => {
  expect(nextStep(policy, { ...nothing, ...proofs })).toBe(status);
});
