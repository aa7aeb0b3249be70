import { WillcallTestingError } from './failure.ts';
import type { SignInParams } from './page/attempt.ts';

const needed: Readonly<Record<SignInParams['strategy'], readonly string[]>> = {
  ticket: ['ticket'],
  password: ['identifier', 'password'],
  email_code: ['identifier'],
};

/**
 * Checks `signInParams` before a page sees them.
 *
 * @throws TypeError that names what is missing
 * @throws WillcallTestingError `address_not_testable` for a code that would go to a real mailbox
 */
export function checkSignInParams(params: SignInParams): SignInParams {
  if (!Object.hasOwn(needed, params.strategy)) {
    throw new TypeError('signInParams.strategy must be ticket, password or email_code.');
  }
  for (const name of needed[params.strategy]) {
    const value: unknown = Object.getOwnPropertyDescriptor(params, name)?.value;
    if (typeof value === 'string' && value !== '') continue;
    throw new TypeError(`signInParams.${name} must be a string that is not empty.`);
  }
  if (params.strategy !== 'email_code' || params.identifier.includes('+clerk_test')) return params;
  throw new WillcallTestingError(
    'address_not_testable',
    `No test can read the code for ${params.identifier}. Take an address with +clerk_test before the @, or sign in with emailAddress.`,
  );
}
