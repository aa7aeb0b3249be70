import { useSignIn } from '../../hooks/use-sign-in.ts';
import controls from '../../look/control.module.css';
import { fill } from '../../messages/fill.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { useFlow } from '../flow.ts';
import { addressOf, CodeCard } from './code-card.tsx';

/** The code that lets a person choose a new password. */
export function ResetCodeStep() {
  const messages = useMessages();
  const { signIn } = useSignIn();
  const { environment, go } = useFlow();
  const texts = messages.signIn;
  const strategy = 'reset_password_email_code';
  const { enumerationProtectionEnabled: isUntold } = environment;
  const subtitle = isUntold ? texts.codeUntoldSubtitle : texts.resetSubtitle;
  return (
    <CodeCard
      title={texts.resetTitle}
      subtitle={fill(subtitle, { address: addressOf(signIn, strategy) })}
      strategy={strategy}
    >
      <button type="button" className={controls.link} onClick={() => go('password')}>
        {messages.back}
      </button>
    </CodeCard>
  );
}
