import { useSignIn } from '../../hooks/use-sign-in.ts';
import controls from '../../look/control.module.css';
import { fill } from '../../messages/fill.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { useFlow } from '../flow.ts';
import { addressOf, CodeCard } from './code-card.tsx';

/** The code that was sent by e-mail. */
export function CodeStep() {
  const messages = useMessages();
  const { signIn } = useSignIn();
  const { environment, go } = useFlow();
  const texts = messages.signIn;
  const { enumerationProtectionEnabled: isUntold } = environment;
  const subtitle = isUntold ? texts.codeUntoldSubtitle : texts.codeSubtitle;
  return (
    <CodeCard
      title={texts.codeTitle}
      subtitle={fill(subtitle, { address: addressOf(signIn, 'email_code') })}
      strategy="email_code"
    >
      <button type="button" className={controls.link} onClick={() => go('methods')}>
        {texts.otherMethod}
      </button>
    </CodeCard>
  );
}
