import { useCallback, useRef } from 'react';
import type { SignInFactor, SignInStatus, StartedSignIn } from '@willcall/browser';
import { useActivate } from '../destination/use-activate.ts';
import { goToProvider } from '../enterprise/go-to-provider.ts';
import { useSetback } from '../entrance/use-setback.tsx';
import { reportUnsupported } from '../errors/report-unsupported.ts';
import { signUpLink } from '../link/page-links.ts';
import { fill } from '../messages/fill.ts';
import { useMessages } from '../messages/use-messages.ts';
import { useProvider } from '../provider/context.ts';
import type { SignInFlow, SignInStep } from './flow.ts';
import type { SignInFormProps } from './form.tsx';

/** What the steps of this sign-in share. */
export function useSignInFlow({
  environment,
  route,
  way,
  routing,
  signUp,
  ...given
}: SignInFormProps): SignInFlow {
  const { willcall, settings } = useProvider();
  const messages = useMessages();
  const { go } = route;
  const activate = useActivate(way);
  const goToStart = useCallback(() => go('', 'replace'), [go]);
  const setback = useSetback(given.notice, activate, goToStart);
  const { notice, clear, startAgain, takeOver } = setback;

  const advance = useCallback(
    async (answer: StartedSignIn) => {
      clear();
      const { status, createdSessionId } = answer;
      if (status === 'complete' && createdSessionId) return activate(createdSessionId);
      const step = steps[status];
      if (step !== undefined) return go(step, 'replace');
      reportUnsupported(willcall, status);
      startAgain(fill(messages.unsupported, { step: status }));
    },
    [willcall, messages, activate, go, clear, startAgain],
  );

  const latestRouting = useRef(routing);
  latestRouting.current = routing;
  const visit = useCallback(
    (connection: SignInFactor) => goToProvider(willcall.signIn, connection, latestRouting.current),
    [willcall],
  );
  const fallBack = useCallback(
    (step: SignInStep, text: string) => {
      startAgain(text);
      go(step, 'replace');
    },
    [startAgain, go],
  );

  const isHere = signUp === 'here';
  const ownUrl = isHere ? undefined : signUp.url;
  const canSignUp = environment.signUpMode === 'public';
  const href = isHere ? route.hrefOf('create') : signUpLink(ownUrl, settings, environment);
  return {
    ...{ environment, route, go, advance, visit, activate, takeOver, fallBack, notice },
    signUpHref: canSignUp ? href : undefined,
    onSignUp: isHere ? () => go('create') : undefined,
  };
}

/** Where each status is answered. */
const steps: Partial<Record<SignInStatus, SignInStep>> = {
  needs_first_factor: 'methods',
  needs_second_factor: 'second-factor',
  needs_client_trust: 'client-trust',
  needs_new_password: 'new-password',
};
