import { useState } from 'react';
import styles from '../look/control.module.css';
import { useMessages } from '../messages/use-messages.ts';
import { Field } from './field.tsx';

interface PasswordFieldProps {
  readonly name: string;
  readonly label: string;
  /** Which password a password manager shall offer. */
  readonly autoComplete: 'current-password' | 'new-password';
  readonly hint?: string | undefined;
  readonly minLength?: number | undefined;
}

/** A password, with a button that shows it. */
export function PasswordField(props: PasswordFieldProps) {
  const messages = useMessages();
  const [isShown, setShown] = useState(false);
  return (
    <Field
      {...props}
      required
      type={isShown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck="false"
      inside={
        <button
          type="button"
          className={styles.inside}
          aria-label={isShown ? messages.hidePassword : messages.showPassword}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? messages.hide : messages.show}
        </button>
      }
    />
  );
}
