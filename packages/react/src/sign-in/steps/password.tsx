import { ActionLink } from '../../form/action-link.tsx';
import { Form } from '../../form/form.tsx';
import { PasswordField } from '../../form/password-field.tsx';
import { useSignIn } from '../../hooks/use-sign-in.ts';
import { Card } from '../../look/card.tsx';
import controls from '../../look/control.module.css';
import { useMessages } from '../../messages/use-messages.ts';
import { useFlow } from '../flow.ts';
import { Account, HiddenIdentifier } from './account.tsx';
import { UntoldSignUpLink } from './sign-up-link.tsx';

/** The password, with the way to another method and to a new password. */
export function PasswordStep() {
  const messages = useMessages();
  const { signIn } = useSignIn();
  const { advance, go, notice, takeOver } = useFlow();
  const texts = messages.signIn;
  const strategies = signIn.supportedFirstFactors.map((factor) => factor.strategy);

  async function prove(values: FormData) {
    const password = String(values.get('password'));
    await advance(await signIn.attemptFirstFactor({ strategy: 'password', password }));
  }
  async function startReset() {
    await signIn.prepareFirstFactor({ strategy: 'reset_password_email_code' });
    go('reset-code');
  }

  return (
    <Card title={texts.passwordTitle}>
      {notice}
      <Account />
      <Form
        fields={['password']}
        submit={messages.continue}
        links={
          <>
            {strategies.includes('reset_password_email_code') ? (
              <ActionLink action={startReset}>{texts.forgot}</ActionLink>
            ) : null}
            {strategies.some((each) => otherMethods.includes(each)) ? (
              <button type="button" className={controls.link} onClick={() => go('methods')}>
                {texts.otherMethod}
              </button>
            ) : null}
          </>
        }
        onSubmit={prove}
        onError={takeOver}
      >
        <HiddenIdentifier />
        <PasswordField name="password" label={messages.password} autoComplete="current-password" />
      </Form>
      <UntoldSignUpLink />
    </Card>
  );
}

const otherMethods = ['email_code', 'enterprise_sso'];
