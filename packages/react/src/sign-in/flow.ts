import { createContext, type ReactNode, useContext } from 'react';
import type { Environment, SignInFactor, StartedSignIn } from '@willcall/browser';
import type { StepRoute } from '../route/use-step.ts';

/** The steps of the form, as they stand in the address. */
export type SignInStep =
  | ''
  | 'password'
  | 'code'
  | 'methods'
  | 'reset-code'
  | 'new-password'
  | 'second-factor'
  | 'backup-code'
  | 'client-trust'
  | 'sso-callback';

/** What the steps of a sign-in share. */
export interface SignInFlow {
  readonly environment: Environment;
  readonly route: StepRoute;
  readonly go: (step: SignInStep, how?: 'push' | 'replace') => void;
  /** Goes to whatever the answer of the server asks for; signed in, it leaves the page. */
  readonly advance: (answer: StartedSignIn) => Promise<void>;
  /** Goes to the identity provider; ends when the person comes back by the back button. */
  readonly visit: (connection: SignInFactor) => Promise<void>;
  /** Makes a session active, then leaves the page. */
  readonly activate: (sessionId: string) => Promise<void>;
  /** For `<Form onError>`: activates a session that exists already, starts again where all is over. */
  readonly takeOver: (error: unknown) => boolean;
  /** Shows another step, which says why. */
  readonly fallBack: (step: SignInStep, text: string) => void;
  /** What happened before this step: why a ticket or the last try did not work. */
  readonly notice: ReactNode;
  /** Where people without an account go; `undefined` where nobody can make one. */
  readonly signUpHref: string | undefined;
  /** Set where the account is made in this component. */
  readonly onSignUp: (() => void) | undefined;
}

export const SignInFlowContext = createContext<SignInFlow | undefined>(undefined);

/** The sign-in around a step. */
export function useFlow(): SignInFlow {
  const flow = useContext(SignInFlowContext);
  if (!flow) throw new TypeError('A step belongs into a sign-in.');
  return flow;
}
