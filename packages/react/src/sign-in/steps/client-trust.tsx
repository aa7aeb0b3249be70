import { useEffect, useState } from 'react';
import type { SignIn } from '@willcall/browser';
import { describeError } from '../../errors/describe.ts';
import { InboxCard } from '../../form/inbox-card.tsx';
import { useSignIn } from '../../hooks/use-sign-in.ts';
import { ErrorNotice } from '../../look/notice.tsx';
import { fill } from '../../messages/fill.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { useProvider } from '../../provider/context.ts';
import { useFlow } from '../flow.ts';
import { SecondAccount } from './account.tsx';

/** A code from the inbox, for a browser that is new to the account. It is asked for at once. */
export function ClientTrustStep() {
  const messages = useMessages();
  const { signIn } = useSignIn();
  const { advance, notice, takeOver } = useFlow();
  const [problem, clearProblem] = useFirstCode(takeOver);
  const texts = messages.signIn;
  const strategy = 'email_code';
  const factor = signIn.supportedSecondFactors.find((each) => each.strategy === strategy);
  const address = factor?.safeIdentifier ?? signIn.identifier ?? '';
  return (
    <InboxCard
      title={texts.clientTrustTitle}
      subtitle={fill(texts.clientTrustSubtitle, { address })}
      notice={problem === undefined ? notice : <ErrorNotice>{problem}</ErrorNotice>}
      onCode={async (code) => advance(await signIn.attemptSecondFactor({ strategy, code }))}
      onResend={() => signIn.prepareSecondFactor({ strategy }).then(clearProblem)}
      onError={takeOver}
    >
      <SecondAccount />
    </InboxCard>
  );
}

/** Sign-ins whose first code was asked for: a second mount must not void the code of the first. */
const asked = new Set<string>();

/** Sends the first code, unless one is under way. Answers why that did not work, as long as it matters. */
function useFirstCode(
  takeOver: (error: unknown) => boolean,
): [problem: string | undefined, clear: () => void] {
  const { willcall } = useProvider();
  const messages = useMessages();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    const { signIn } = willcall;
    if (!needsCode(signIn) || asked.has(signIn.id)) return;
    const { id } = signIn;
    asked.add(id);
    signIn.prepareSecondFactor({ strategy: 'email_code' }).catch((error: unknown) => {
      asked.delete(id);
      if (!takeOver(error)) setProblem(describeError(messages, error));
    });
  }, [willcall, messages, takeOver]);
  return [problem, () => setProblem(undefined)];
}

function needsCode(signIn: SignIn): signIn is SignIn & { readonly id: string } {
  const isSent = signIn.secondFactorVerification?.strategy === 'email_code';
  return signIn.status === 'needs_client_trust' && !isSent;
}
