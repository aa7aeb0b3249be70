import type { User } from '@willcall/browser';
import { useFreshProof } from '../fresh-proof/context.ts';
import { PasswordField } from '../form/password-field.tsx';
import controls from '../look/control.module.css';
import theme from '../look/theme.module.css';
import { fill } from '../messages/fill.ts';
import { useMessages } from '../messages/use-messages.ts';
import { useSnapshot } from '../provider/context.ts';
import { nameOf } from '../user/name.ts';
import { Editable } from './editable.tsx';

/** Whether there is a password, and the form that sets or changes it. */
export function PasswordSection({ user }: { readonly user: User }) {
  const messages = useMessages();
  const { environment } = useSnapshot();
  const { passwordMinLength = 8, passwordEnabled = false } = environment ?? {};
  const texts = messages.profile;
  const withFreshProof = useFreshProof();
  if (!passwordEnabled && !user.passwordEnabled) return null;

  function save(values: FormData) {
    const newPassword = String(values.get('new_password'));
    const currentPassword = user.passwordEnabled
      ? String(values.get('current_password'))
      : undefined;
    const signOutOfOtherSessions = values.has('sign_out_elsewhere');
    return withFreshProof(() =>
      user.changePassword({ newPassword, currentPassword, signOutOfOtherSessions }),
    );
  }
  return (
    <Editable
      title={texts.passwordSection}
      summary={user.passwordEnabled ? texts.hasPassword : texts.noPassword}
      edit={user.passwordEnabled ? texts.changePassword : texts.setPassword}
      saved={texts.passwordSaved}
      fields={['current_password', 'new_password']}
      onSave={save}
    >
      {/* For password managers, which look for the name beside the password. */}
      <input
        className={theme.unseen}
        type="text"
        name="username"
        autoComplete="username"
        value={user.primaryEmailAddress?.emailAddress ?? nameOf(user)}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      {user.passwordEnabled ? (
        <PasswordField
          name="current_password"
          label={texts.currentPassword}
          autoComplete="current-password"
        />
      ) : null}
      <PasswordField
        name="new_password"
        label={messages.newPassword}
        autoComplete="new-password"
        minLength={passwordMinLength}
        hint={fill(messages.signUp.passwordHint, { length: passwordMinLength })}
      />
      <label className={controls.check}>
        <input type="checkbox" name="sign_out_elsewhere" defaultChecked />
        {texts.signOutElsewhere}
      </label>
    </Editable>
  );
}
