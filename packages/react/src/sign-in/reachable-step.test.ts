import { expect, test } from 'vitest';
import { reachableStep } from './reachable-step.ts';

const sent = (strategy: string) => ({
  strategy,
  status: 'unverified' as const,
  attempts: 0,
  expireAt: 0,
});

test.each([
  [undefined, undefined, 'password', ''],
  ['needs_identifier', undefined, 'code', ''],
  ['needs_first_factor', undefined, '', ''],
  ['needs_first_factor', undefined, 'password', 'password'],
  ['needs_first_factor', undefined, 'methods', 'methods'],
  ['needs_first_factor', undefined, 'code', 'methods'],
  ['needs_first_factor', 'email_code', 'code', 'code'],
  ['needs_first_factor', 'email_code', 'reset-code', 'methods'],
  ['needs_first_factor', 'reset_password_email_code', 'reset-code', 'reset-code'],
  ['needs_first_factor', 'email_code', 'new-password', ''],
  ['needs_first_factor', 'email_code', 'nonsense', ''],
  ['needs_new_password', 'reset_password_email_code', 'new-password', 'new-password'],
  ['needs_new_password', 'reset_password_email_code', 'reset-code', 'new-password'],
  ['needs_new_password', 'reset_password_email_code', '', ''],
  ['needs_second_factor', undefined, '', ''],
  ['needs_second_factor', undefined, 'second-factor', 'second-factor'],
  ['needs_second_factor', undefined, 'password', 'second-factor'],
  ['needs_second_factor', undefined, 'backup-code', 'backup-code'],
  ['needs_client_trust', undefined, 'client-trust', 'client-trust'],
  ['needs_client_trust', undefined, 'second-factor', 'client-trust'],
  ['needs_client_trust', undefined, '', ''],
  ['needs_first_factor', undefined, 'second-factor', ''],
  ['needs_first_factor', 'enterprise_sso', 'sso-callback', 'sso-callback'],
  [undefined, undefined, 'sso-callback', 'sso-callback'],
  ['complete', undefined, '', ''],
  ['complete', 'email_code', 'code', 'code'],
  ['complete', undefined, 'nonsense', ''],
  ['complete', undefined, 'toString', ''],
] as const)(
  'with status %s and %s sent, the step "%s" shows "%s"',
  (status, strategy, named, step) => {
    const firstFactorVerification = strategy === undefined ? undefined : sent(strategy);
    const supportedSecondFactors = [{ strategy: 'totp' }, { strategy: 'backup_code' }];
    const signIn = { status, firstFactorVerification, supportedSecondFactors };
    expect(reachableStep(signIn, named)).toBe(step);
  },
);

test.each([
  [['totp'], 'backup-code', 'second-factor'],
  [['backup_code'], 'second-factor', 'backup-code'],
  [[], 'second-factor', 'second-factor'],
] as const)('with the second factors %j, the step "%s" shows "%s"', (strategies, named, step) => {
  const supportedSecondFactors = strategies.map((strategy) => ({ strategy }));
  const signIn = { status: 'needs_second_factor', firstFactorVerification: undefined } as const;
  expect(reachableStep({ ...signIn, supportedSecondFactors }, named)).toBe(step);
});
