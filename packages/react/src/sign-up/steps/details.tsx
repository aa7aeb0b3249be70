import type { Environment, SignUp, SignUpParams } from '@willcall/browser';
import { Field } from '../../form/field.tsx';
import { Form } from '../../form/form.tsx';
import { PasswordField } from '../../form/password-field.tsx';
import { useSignUp } from '../../hooks/use-sign-up.ts';
import { PageLink } from '../../link/page-link.tsx';
import { Card } from '../../look/card.tsx';
import styles from '../../look/form.module.css';
import { fill } from '../../messages/fill.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { isInvited, type SignUpFlow } from '../flow.ts';

const fields = ['email_address', 'username', 'first_name', 'last_name', 'password'];

/** The first step: what the account is made of. An invitation has settled the address. */
export function DetailsStep({ environment, notice, advance, takeOver, signIn }: SignUpFlow) {
  const messages = useMessages();
  const { signUp } = useSignUp();
  const { signUp: texts, profile } = messages;
  const { passwordMinLength } = environment;
  const invited = isInvited(signUp);
  const asks = askedFields(signUp, environment);

  async function send(values: FormData) {
    const { emailAddress, ...details } = readDetails(values);
    const answer = invited
      ? await signUp.update(details)
      : await signUp.create({ ...details, emailAddress });
    await advance(answer);
  }
  return (
    <Card
      title={invited ? texts.invitedTitle : texts.title}
      subtitle={fill(texts.subtitle, { application: environment.applicationName })}
    >
      {notice}
      <Form fields={fields} submit={texts.submit} onSubmit={send} onError={takeOver}>
        {asks('first_name') || asks('last_name') ? (
          <div className={styles.row}>
            <Field
              name="first_name"
              label={profile.firstName}
              isOptional={!asks('first_name', 'required')}
              required={asks('first_name', 'required')}
              defaultValue={signUp.firstName ?? ''}
              autoComplete="given-name"
            />
            <Field
              name="last_name"
              label={profile.lastName}
              isOptional={!asks('last_name', 'required')}
              required={asks('last_name', 'required')}
              defaultValue={signUp.lastName ?? ''}
              autoComplete="family-name"
            />
          </div>
        ) : null}
        {asks('username', 'required') ? (
          <Field
            name="username"
            label={texts.username}
            defaultValue={signUp.username ?? ''}
            required
            autoComplete="nickname"
            autoCapitalize="none"
            spellCheck="false"
          />
        ) : null}
        <Field
          name="email_address"
          type="email"
          label={messages.emailAddress}
          defaultValue={signUp.emailAddress ?? ''}
          hint={invited ? texts.invitedAddress : undefined}
          readOnly={invited}
          required
          autoComplete="username"
        />
        {asks('password') ? (
          <PasswordField
            name="password"
            label={messages.password}
            autoComplete="new-password"
            minLength={passwordMinLength}
            hint={fill(texts.passwordHint, { length: passwordMinLength })}
          />
        ) : null}
      </Form>
      <p className={styles.links}>
        <span>{texts.signedUp}</span>
        <PageLink href={signIn.href} onFollow={signIn.onFollow}>
          {texts.signIn}
        </PageLink>
      </p>
    </Card>
  );
}

/** Tells whether a field is asked for: by the sign-up under way, else by what the instance says. */
function askedFields(signUp: SignUp, { passwordEnabled }: Environment) {
  const { status, requiredFields, optionalFields, missingFields, hasPassword } = signUp;
  const isUnderWay = status === 'missing_requirements';
  return (field: string, how?: 'required') => {
    if (!isUnderWay) {
      if (how) return false;
      return field === 'password' ? passwordEnabled : field !== 'username';
    }
    const isRequired = requiredFields.includes(field) || missingFields.includes(field);
    if (how) return isRequired;
    if (field === 'password' && hasPassword) return false;
    return isRequired || optionalFields.includes(field);
  };
}

function readDetails(values: FormData): SignUpParams {
  const read = (name: string) => String(values.get(name) ?? '').trim() || undefined;
  return {
    emailAddress: read('email_address'),
    username: read('username'),
    firstName: read('first_name'),
    lastName: read('last_name'),
    // As it was typed: a password may begin or end with a space.
    password: String(values.get('password') ?? '') || undefined,
  };
}
