import { expect, test } from 'vitest';
import { isInvited, reachableStep } from './flow.ts';

test.each([
  [undefined, [], 'verify', ''],
  ['missing_requirements', ['email_address'], '', ''],
  ['missing_requirements', ['email_address'], 'verify', 'verify'],
  ['missing_requirements', ['email_address'], 'nonsense', ''],
  ['missing_requirements', [], 'verify', ''],
  ['abandoned', ['email_address'], 'verify', ''],
  ['complete', [], 'verify', 'verify'],
  ['complete', [], '', ''],
] as const)(
  'with status %s and %j unproved, the step "%s" shows "%s"',
  (status, unverifiedFields, named, step) => {
    expect(reachableStep({ status, unverifiedFields }, named)).toBe(step);
  },
);

test.each([
  ['missing_requirements', 'ticket', 'verified', true],
  ['missing_requirements', 'email_code', 'verified', false],
  ['missing_requirements', 'ticket', 'unverified', false],
  ['abandoned', 'ticket', 'verified', false],
] as const)('%s with an address %s %s is by invitation: %s', (status, strategy, proved, is) => {
  const emailAddress = { strategy, status: proved, attempts: 0, expireAt: undefined };
  expect(isInvited({ status, verifications: { emailAddress } })).toBe(is);
  expect(isInvited({ status, verifications: undefined })).toBe(false);
});
