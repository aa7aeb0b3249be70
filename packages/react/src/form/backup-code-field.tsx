import { useMessages } from '../messages/use-messages.ts';
import { Field } from './field.tsx';

/** One of the codes that a person keeps for the day when the authenticator app is not at hand. */
export function BackupCodeField() {
  return (
    <Field
      name="code"
      label={useMessages().backupCode}
      required
      autoComplete="off"
      autoCapitalize="none"
      spellCheck="false"
    />
  );
}
