import { InboxCard } from '../../form/inbox-card.tsx';
import { useSignUp } from '../../hooks/use-sign-up.ts';
import controls from '../../look/control.module.css';
import { fill } from '../../messages/fill.ts';
import { useMessages } from '../../messages/use-messages.ts';
import type { SignUpFlow } from '../flow.ts';

/** The code that proves the e-mail address and makes the account. */
export function VerifyStep({ environment, notice, advance, takeOver, go }: SignUpFlow) {
  const messages = useMessages();
  const { signUp } = useSignUp();
  const texts = messages.signUp;
  // Whoever has an account gets a mail that says so.
  const { enumerationProtectionEnabled: isUntold } = environment;
  const strategy = 'email_code';
  return (
    <InboxCard
      title={texts.verifyTitle}
      subtitle={fill(isUntold ? texts.verifyUntoldSubtitle : texts.verifySubtitle, {
        address: signUp.emailAddress ?? '',
      })}
      isUntold={isUntold}
      notice={notice}
      onCode={async (code) => advance(await signUp.attemptVerification({ strategy, code }))}
      onResend={() => signUp.prepareVerification({ strategy })}
      onError={takeOver}
    >
      <button type="button" className={controls.link} onClick={() => go('')}>
        {texts.otherAddress}
      </button>
    </InboxCard>
  );
}
