import { Form } from '../../form/form.tsx';
import { PasswordField } from '../../form/password-field.tsx';
import { useSignIn } from '../../hooks/use-sign-in.ts';
import { Card } from '../../look/card.tsx';
import controls from '../../look/control.module.css';
import { fill } from '../../messages/fill.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { useFlow } from '../flow.ts';
import { HiddenIdentifier } from './account.tsx';

/** The new password, after the code that allows it. */
export function NewPasswordStep() {
  const messages = useMessages();
  const { signIn } = useSignIn();
  const { advance, environment, notice, takeOver } = useFlow();
  const texts = messages.signIn;

  async function reset(values: FormData) {
    const password = String(values.get('password'));
    const signOutOfOtherSessions = values.has('sign_out_elsewhere');
    await advance(await signIn.resetPassword({ password, signOutOfOtherSessions }));
  }

  return (
    <Card title={texts.newPasswordTitle} subtitle={texts.newPasswordSubtitle}>
      {notice}
      <Form fields={['password']} submit={texts.setPassword} onSubmit={reset} onError={takeOver}>
        <HiddenIdentifier />
        <PasswordField
          name="password"
          label={messages.newPassword}
          autoComplete="new-password"
          minLength={environment.passwordMinLength}
          hint={fill(messages.signUp.passwordHint, { length: environment.passwordMinLength })}
        />
        <label className={controls.check}>
          <input type="checkbox" name="sign_out_elsewhere" defaultChecked />
          {texts.signOutElsewhere}
        </label>
      </Form>
    </Card>
  );
}
