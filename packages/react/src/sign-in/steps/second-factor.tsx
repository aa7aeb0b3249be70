import { CodeField } from '../../form/code-field.tsx';
import { Form } from '../../form/form.tsx';
import { useSignIn } from '../../hooks/use-sign-in.ts';
import { Card } from '../../look/card.tsx';
import styles from '../../look/card.module.css';
import controls from '../../look/control.module.css';
import { useMessages } from '../../messages/use-messages.ts';
import { useFlow } from '../flow.ts';
import { SecondAccount } from './account.tsx';

/** The code of an authenticator app. */
export function SecondFactorStep() {
  const messages = useMessages();
  const { signIn } = useSignIn();
  const { advance, go, notice, takeOver } = useFlow();
  const texts = messages.signIn;
  const strategies = signIn.supportedSecondFactors.map(({ strategy }) => strategy);
  // Complete: no factors are told any more, and what the person sees stays.
  const isUsable = strategies.includes('totp') || signIn.status === 'complete';

  async function prove(values: FormData) {
    const code = String(values.get('code'));
    await advance(await signIn.attemptSecondFactor({ strategy: 'totp', code }));
  }
  if (!isUsable) {
    return (
      <Card title={texts.secondFactorTitle}>
        {notice}
        <p className={styles.text}>{texts.noSecondFactor}</p>
        <SecondAccount />
      </Card>
    );
  }
  return (
    <Card title={texts.secondFactorTitle} subtitle={texts.secondFactorSubtitle}>
      {notice}
      <Form
        fields={['code']}
        submit={messages.continue}
        links={
          <>
            {strategies.includes('backup_code') ? (
              <button type="button" className={controls.link} onClick={() => go('backup-code')}>
                {texts.useBackupCode}
              </button>
            ) : null}
            <SecondAccount />
          </>
        }
        onSubmit={prove}
        onError={takeOver}
      >
        <CodeField />
      </Form>
    </Card>
  );
}
