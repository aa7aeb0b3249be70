import { BackupCodeField } from '../../form/backup-code-field.tsx';
import { Form } from '../../form/form.tsx';
import { useSignIn } from '../../hooks/use-sign-in.ts';
import { Card } from '../../look/card.tsx';
import controls from '../../look/control.module.css';
import { useMessages } from '../../messages/use-messages.ts';
import { useFlow } from '../flow.ts';
import { SecondAccount } from './account.tsx';

/** One of the codes that were kept for the day when the authenticator app is not at hand. */
export function BackupCodeStep() {
  const messages = useMessages();
  const { signIn } = useSignIn();
  const { advance, go, notice, takeOver } = useFlow();
  const texts = messages.signIn;
  const strategies = signIn.supportedSecondFactors.map(({ strategy }) => strategy);

  async function prove(values: FormData) {
    const code = String(values.get('code')).trim();
    await advance(await signIn.attemptSecondFactor({ strategy: 'backup_code', code }));
  }
  return (
    <Card title={texts.backupCodeTitle} subtitle={texts.backupCodeSubtitle}>
      {notice}
      <Form
        fields={['code']}
        submit={messages.continue}
        links={
          <>
            {strategies.includes('totp') ? (
              <button type="button" className={controls.link} onClick={() => go('second-factor')}>
                {texts.useAuthenticator}
              </button>
            ) : null}
            <SecondAccount />
          </>
        }
        onSubmit={prove}
        onError={takeOver}
      >
        <BackupCodeField />
      </Form>
    </Card>
  );
}
