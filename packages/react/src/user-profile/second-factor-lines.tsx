import { useState } from 'react';
import type { User } from '@willcall/browser';
import { useFreshProof } from '../fresh-proof/context.ts';
import { ActionLink } from '../form/action-link.tsx';
import { Form } from '../form/form.tsx';
import controls from '../look/control.module.css';
import { useMessages } from '../messages/use-messages.ts';
import styles from './profile.module.css';

interface SecondFactorLinesProps {
  readonly user: User;
  readonly onEnrol: () => void;
  readonly onRemoved: () => void;
  readonly onCodes: (codes: readonly string[]) => void;
}

/** What there is, and what can be done about it. Removing asks once more. */
export function SecondFactorLines(props: SecondFactorLinesProps) {
  const { user, onEnrol, onRemoved, onCodes } = props;
  const messages = useMessages();
  const texts = messages.profile;
  const withFreshProof = useFreshProof();
  const [isAsking, setAsking] = useState(false);

  async function remove() {
    await withFreshProof(() => user.disableTotp());
    setAsking(false);
    onRemoved();
  }
  async function makeCodes() {
    const { codes } = await withFreshProof(() => user.createBackupCodes());
    onCodes(codes);
  }
  if (isAsking) {
    return (
      <Form fields={[]} onSubmit={async () => {}}>
        <p className={styles.value}>{texts.removeTotpQuestion}</p>
        <div className={styles.line}>
          <ActionLink look="secondary" action={remove}>
            {texts.removeTotp}
          </ActionLink>
          <button type="button" className={controls.link} onClick={() => setAsking(false)}>
            {messages.cancel}
          </button>
        </div>
      </Form>
    );
  }
  const app = user.totpEnabled ? texts.hasTotp : texts.noTotp;
  return (
    <Form fields={[]} onSubmit={async () => {}}>
      <div className={styles.line}>
        <span className={styles.value}>{app}</span>
        {user.totpEnabled ? (
          <button
            type="button"
            className={controls.link}
            aria-label={texts.removeTotpLabel}
            onClick={() => setAsking(true)}
          >
            {texts.removeTotp}
          </button>
        ) : (
          <button type="button" className={controls.link} onClick={onEnrol}>
            {texts.addTotp}
          </button>
        )}
      </div>
      {user.totpEnabled ? (
        <div className={styles.line}>
          <span className={styles.value}>
            {user.backupCodeEnabled ? texts.hasBackupCodes : texts.noBackupCodes}
            <span className={styles.detail}>{texts.newBackupCodesHint}</span>
          </span>
          <ActionLink action={makeCodes}>{texts.newBackupCodes}</ActionLink>
        </div>
      ) : null}
    </Form>
  );
}
