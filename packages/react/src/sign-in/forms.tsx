import { type ReactNode, useEffect } from 'react';
import type { Environment } from '@willcall/browser';
import type { Leave } from '../destination/use-leave.ts';
import { useProviderVisit } from '../enterprise/use-provider-visit.ts';
import { lazyPart } from '../entrance/lazy-part.tsx';
import { describeError } from '../errors/describe.ts';
import { BusyCard } from '../look/card.tsx';
import { ErrorNotice } from '../look/notice.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { useStep } from '../route/use-step.ts';
import type { NextStep } from '../ticket/redemption.ts';
import type { SignInStep } from './flow.ts';
import SignInForm from './form.tsx';
import type { SignInProps } from './sign-in.tsx';

const SignUpForm = lazyPart(() => import('../sign-up/form.tsx'));

interface SignInFormsProps {
  readonly props: SignInProps;
  readonly environment: Environment;
  readonly notice: ReactNode;
  readonly way: Leave;
  /** Whether accounts are made in this component. */
  readonly isCombined: boolean;
  /** What a ticket still needs, instead of the step that the address names. */
  readonly next: NextStep | undefined;
}

/** The steps that a ticket leads to. */
const starts: Readonly<Record<NextStep, SignInStep | 'create'>> = {
  needs_first_factor: 'methods',
  needs_second_factor: 'second-factor',
  needs_client_trust: 'client-trust',
  needs_new_password: 'new-password',
  missing_requirements: 'create',
};

/** The form that the address asks for: sign-in, or sign-up where that is in the same component. */
export default function SignInForms(all: SignInFormsProps) {
  const { props, isCombined, next, notice: given, ...shared } = all;
  const messages = useMessages();
  const route = useStep(props);
  const { go } = route;
  useEffect(() => {
    if (next !== undefined) go(starts[next], 'replace');
  }, [next, go]);
  const visit = useProviderVisit(next, props);
  const notice =
    visit.error === undefined ? (
      given
    ) : (
      <ErrorNotice>{describeError(messages, visit.error)}</ErrorNotice>
    );
  if (visit.isLeaving) return <BusyCard title={messages.ticket.redeeming} />;

  const isSignUp = isCombined && route.step.split('/')[0] === 'create';
  return isSignUp ? (
    <SignUpForm {...{ ...shared, notice, route }} below="create" signInHref={route.hrefOf('')} />
  ) : (
    <SignInForm
      {...{ ...shared, notice, route }}
      routing={props}
      signUp={isCombined ? 'here' : { url: props.signUpUrl }}
    />
  );
}
