import { type ReactNode, useEffect } from 'react';
import type { Environment } from '@willcall/browser';
import type { Leave } from '../destination/use-leave.ts';
import { Arrival } from '../form/arrival.tsx';
import { useSignUp } from '../hooks/use-sign-up.ts';
import type { StepRoute } from '../route/use-step.ts';
import { isInvited, reachableStep } from './flow.ts';
import { ClosedStep } from './steps/closed.tsx';
import { DetailsStep } from './steps/details.tsx';
import { VerifyStep } from './steps/verify.tsx';
import { useSignUpFlow } from './use-flow.tsx';

export interface SignUpFormProps {
  readonly environment: Environment;
  readonly notice: ReactNode;
  readonly route: StepRoute;
  readonly way: Leave;
  /** The step of another component that this form stands at: `create` in `<SignIn withSignUp>`. */
  readonly below?: string | undefined;
  readonly signInHref: string;
}

/** The form of a sign-up: the step that the address names, if the sign-up has come that far. */
export default function SignUpForm(props: SignUpFormProps) {
  const { environment, route, below = '' } = props;
  const { signUp } = useSignUp();
  const flow = useSignUpFlow(props);
  const { go } = flow;
  const named = below === '' ? route.step : route.step.split('/').slice(1).join('/');
  const step = reachableStep(signUp, named);
  useEffect(() => {
    if (step !== named) go(step, 'replace');
  }, [step, named, go]);
  if (environment.signUpMode !== 'public' && !isInvited(signUp)) return <ClosedStep {...flow} />;
  return (
    <Arrival step={step}>
      {step === 'verify' ? <VerifyStep {...flow} /> : <DetailsStep {...flow} />}
    </Arrival>
  );
}
