import type { ReactNode } from 'react';
import type { SignIn } from '@willcall/browser';
import { InboxCard } from '../../form/inbox-card.tsx';
import { useSignIn } from '../../hooks/use-sign-in.ts';
import { useFlow } from '../flow.ts';
import { UntoldSignUpLink } from './sign-up-link.tsx';

interface CodeCardProps {
  readonly title: string;
  readonly subtitle: string;
  readonly strategy: 'email_code' | 'reset_password_email_code';
  /** The link beside "send a new code". */
  readonly children: ReactNode;
}

/** A step that proves the account by a code from its inbox. */
export function CodeCard({ strategy, ...texts }: CodeCardProps) {
  const { signIn } = useSignIn();
  const { advance, environment, notice, takeOver } = useFlow();
  return (
    <InboxCard
      {...texts}
      isUntold={environment.enumerationProtectionEnabled}
      notice={notice}
      onCode={async (code) => advance(await signIn.attemptFirstFactor({ strategy, code }))}
      onResend={() => signIn.prepareFirstFactor({ strategy })}
      onError={takeOver}
      below={<UntoldSignUpLink />}
    />
  );
}

/** The masked address that a code of this strategy went to. */
export function addressOf(signIn: SignIn, strategy: string): string {
  const factors = signIn.supportedFirstFactors.filter((factor) => factor.strategy === strategy);
  const factor = factors.find(({ primary }) => primary) ?? factors[0];
  return factor?.safeIdentifier ?? signIn.identifier ?? '';
}
