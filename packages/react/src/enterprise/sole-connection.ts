import type { SignIn, SignInFactor } from '@willcall/browser';

/**
 * The one enterprise connection by which alone a sign-in can go on: the person is taken there
 * without a question. `undefined` when there is a choice, or another way.
 */
export function soleConnection(
  signIn: Pick<SignIn, 'supportedFirstFactors'>,
): SignInFactor | undefined {
  const [factor, ...others] = signIn.supportedFirstFactors;
  return others.length === 0 && factor?.strategy === 'enterprise_sso' ? factor : undefined;
}
