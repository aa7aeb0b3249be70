import { type ComponentType, type ReactNode, useEffect } from 'react';
import type { Environment } from '@willcall/browser';
import type { Leave } from '../destination/use-leave.ts';
import { Arrival } from '../form/arrival.tsx';
import { useSignIn } from '../hooks/use-sign-in.ts';
import type { RoutingProps, StepRoute } from '../route/use-step.ts';
import { SignInFlowContext, type SignInStep } from './flow.ts';
import { reachableStep } from './reachable-step.ts';
import { BackupCodeStep } from './steps/backup-code.tsx';
import { ClientTrustStep } from './steps/client-trust.tsx';
import { CodeStep } from './steps/code.tsx';
import { IdentifyStep } from './steps/identify.tsx';
import { MethodsStep } from './steps/methods.tsx';
import { NewPasswordStep } from './steps/new-password.tsx';
import { PasswordStep } from './steps/password.tsx';
import { ResetCodeStep } from './steps/reset-code.tsx';
import { SecondFactorStep } from './steps/second-factor.tsx';
import { SsoCallbackStep } from './steps/sso-callback.tsx';
import { useSignInFlow } from './use-flow.tsx';

export interface SignInFormProps {
  readonly environment: Environment;
  readonly notice: ReactNode;
  readonly route: StepRoute;
  readonly way: Leave;
  readonly routing: RoutingProps;
  /** Where accounts are made: in this component, or on a page. */
  readonly signUp: 'here' | { readonly url: string | undefined };
}

const steps: Readonly<Record<SignInStep, ComponentType>> = {
  '': IdentifyStep,
  password: PasswordStep,
  code: CodeStep,
  methods: MethodsStep,
  'reset-code': ResetCodeStep,
  'new-password': NewPasswordStep,
  'second-factor': SecondFactorStep,
  'backup-code': BackupCodeStep,
  'client-trust': ClientTrustStep,
  'sso-callback': SsoCallbackStep,
};

/** The form of a sign-in: the step that the address names, if the sign-in has come that far. */
export default function SignInForm(props: SignInFormProps) {
  const { signIn } = useSignIn();
  const flow = useSignInFlow(props);
  const { step: named, go } = props.route;
  const step = reachableStep(signIn, named);
  useEffect(() => {
    if (step !== named) go(step, 'replace');
  }, [step, named, go]);
  const Step = steps[step];
  return (
    <SignInFlowContext.Provider value={flow}>
      <Arrival step={step}>
        <Step />
      </Arrival>
    </SignInFlowContext.Provider>
  );
}
