import type { Environment, SignUp, StartedSignUp } from '@willcall/browser';
import type { Setback } from '../entrance/use-setback.tsx';

/** The steps of the form, as they stand in the address. */
export type SignUpStep = '' | 'verify';

/** What the steps of a sign-up share. */
export interface SignUpFlow extends Pick<Setback, 'notice' | 'takeOver'> {
  readonly environment: Environment;
  readonly go: (step: SignUpStep, how?: 'push' | 'replace') => void;
  /** Goes to whatever the answer of the server asks for; signed in, it leaves the page. */
  readonly advance: (answer: StartedSignUp) => Promise<void>;
  /** The way to sign in; `onFollow` where that is in this component. */
  readonly signIn: { readonly href: string; readonly onFollow: (() => void) | undefined };
}

/** The named step, or the first: a reload or a typed address may come too early. */
export function reachableStep(
  signUp: Pick<SignUp, 'status' | 'unverifiedFields'>,
  named: string,
): SignUpStep {
  if (named !== 'verify') return '';
  // Complete: the page is about to be left, and what the person sees stays until then.
  if (signUp.status === 'complete') return 'verify';
  const isUnderWay = signUp.status === 'missing_requirements';
  return isUnderWay && signUp.unverifiedFields.includes('email_address') ? 'verify' : '';
}

/**
 * Whether an invitation began this sign-up: its ticket has proved the address, which stays as
 * it is.
 */
export function isInvited(signUp: Pick<SignUp, 'status' | 'verifications'>): boolean {
  const { status, strategy } = signUp.verifications?.emailAddress ?? {};
  return signUp.status === 'missing_requirements' && status === 'verified' && strategy === 'ticket';
}
