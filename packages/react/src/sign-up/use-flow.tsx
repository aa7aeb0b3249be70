import { useCallback } from 'react';
import type { StartedSignUp } from '@willcall/browser';
import { useActivate } from '../destination/use-activate.ts';
import { useSetback } from '../entrance/use-setback.tsx';
import { reportUnsupported } from '../errors/report-unsupported.ts';
import { fill } from '../messages/fill.ts';
import { useMessages } from '../messages/use-messages.ts';
import { useProvider } from '../provider/context.ts';
import { isInvited, type SignUpFlow, type SignUpStep } from './flow.ts';
import type { SignUpFormProps } from './form.tsx';

/** What the steps of this sign-up share. */
export function useSignUpFlow(props: SignUpFormProps): SignUpFlow {
  const { environment, route, way, below = '', signInHref } = props;
  const { willcall } = useProvider();
  const messages = useMessages();
  const { go: goTo } = route;
  const activate = useActivate(way);
  const go = useCallback(
    (step: SignUpStep, how?: 'push' | 'replace') =>
      goTo([below, step].filter(Boolean).join('/'), how),
    [goTo, below],
  );
  const goToStart = useCallback(() => go('', 'replace'), [go]);
  const { notice, clear, startAgain, takeOver } = useSetback(props.notice, activate, goToStart);

  const advance = useCallback(
    async (answer: StartedSignUp) => {
      clear();
      const { status, createdSessionId, unverifiedFields, missingFields } = answer;
      if (status === 'complete' && createdSessionId) return activate(createdSessionId);
      if (missingFields.length === 0 && unverifiedFields.includes('email_address')) {
        await answer.prepareVerification({ strategy: 'email_code' });
        return go('verify');
      }
      // An invitation that lacks something: the first step asks for it.
      if (status === 'missing_requirements' && isInvited(answer)) return go('', 'replace');
      const step = [status, ...missingFields].join(' ');
      reportUnsupported(willcall, step);
      startAgain(fill(messages.unsupported, { step }));
    },
    [willcall, messages, activate, go, clear, startAgain],
  );

  const isBelow = below !== '';
  const signIn = { href: signInHref, onFollow: isBelow ? () => goTo('') : undefined };
  return { environment, go, advance, notice, takeOver, signIn };
}
