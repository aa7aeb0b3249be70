import { useEffect, useRef } from 'react';
import type { StartedSignIn } from '@willcall/browser';
import { describeCode, describeError } from '../../errors/describe.ts';
import { BusyCard } from '../../look/card.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { useProvider } from '../../provider/context.ts';
import { useFlow } from '../flow.ts';

/**
 * Back from the identity provider. Reads how the sign-in stands: goes on with the session or
 * the next step, or says what the provider said.
 */
export function SsoCallbackStep() {
  const { willcall } = useProvider();
  const messages = useMessages();
  const { signIn: texts } = messages;
  const { activate, advance, fallBack, go } = useFlow();
  const hasRead = useRef(false);

  useEffect(() => {
    if (hasRead.current) return;
    hasRead.current = true;
    void read().catch((error: unknown) => fallBack('', describeError(messages, error)));

    async function read() {
      const { signIn, session } = willcall;
      if (signIn.id === undefined) return session ? activate(session.id) : go('', 'replace');
      const { status, firstFactorVerification: verification } = signIn;
      if (status !== 'needs_first_factor') return advance(signIn as StartedSignIn);
      const { error } = verification ?? {};
      const step = signIn.identifier === undefined ? '' : 'methods';
      if (!error) return fallBack(step, texts.connectionLeft);
      return fallBack(
        step,
        describeCode(messages, error.code) ?? error.longMessage ?? error.message,
      );
    }
  }, [willcall, messages, texts, activate, advance, fallBack, go]);
  return <BusyCard title={messages.ticket.redeeming} />;
}
