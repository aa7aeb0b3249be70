import type { StartedSignIn } from '@willcall/browser';
import { soleConnection } from '../../enterprise/sole-connection.ts';
import { Field } from '../../form/field.tsx';
import { Form } from '../../form/form.tsx';
import { useSignIn } from '../../hooks/use-sign-in.ts';
import { Card } from '../../look/card.tsx';
import { fill } from '../../messages/fill.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { useFlow } from '../flow.ts';
import { SignUpLink } from './sign-up-link.tsx';

/** The first step: who are you? */
export function IdentifyStep() {
  const messages = useMessages();
  const { signIn } = useSignIn();
  const { environment, notice, advance, go, visit, takeOver } = useFlow();
  const texts = messages.signIn;

  async function identify(values: FormData) {
    const identifier = String(values.get('identifier')).trim();
    const started = await signIn.create({ identifier });
    if (started.status !== 'needs_first_factor') return advance(started);
    return goToFirstFactor(started);
  }

  async function goToFirstFactor(started: StartedSignIn) {
    const connection = soleConnection(started);
    if (connection) {
      await visit(connection);
      return go('methods');
    }
    const strategies = started.supportedFirstFactors.map((factor) => factor.strategy);
    if (strategies.includes('password')) return go('password');
    if (!strategies.includes('email_code')) return go('methods');
    await started.prepareFirstFactor({ strategy: 'email_code' });
    go('code');
  }

  return (
    <Card
      title={texts.title}
      subtitle={fill(texts.subtitle, { application: environment.applicationName })}
    >
      {notice}
      <Form
        fields={['identifier']}
        submit={messages.continue}
        onSubmit={identify}
        onError={takeOver}
      >
        <Field
          name="identifier"
          label={messages.emailAddress}
          defaultValue={signIn.identifier ?? ''}
          required
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck="false"
        />
      </Form>
      <SignUpLink />
    </Card>
  );
}
