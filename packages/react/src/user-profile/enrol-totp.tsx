import { useCallback, useEffect, useRef, useState } from 'react';
import type { Totp, User } from '@willcall/browser';
import { describeError } from '../errors/describe.ts';
import { ProofCancelled, useFreshProof } from '../fresh-proof/context.ts';
import { CodeField } from '../form/code-field.tsx';
import { Form } from '../form/form.tsx';
import controls from '../look/control.module.css';
import { ErrorNotice } from '../look/notice.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { QrCode } from './qr-code.tsx';
import styles from './second-factor.module.css';

interface EnrolTotpProps {
  readonly user: User;
  readonly onCancel: () => void;
  /** The app is confirmed; with the backup codes that came along. */
  readonly onDone: (codes: readonly string[]) => void;
}

/** Hands the secret to an authenticator app, as a QR code or a key to type, and confirms it by a code. */
export default function EnrolTotp({ user, onCancel, onDone }: EnrolTotpProps) {
  const messages = useMessages();
  const texts = messages.profile;
  const { totp, error, retry } = useNewTotp(user, onCancel);
  const withFreshProof = useFreshProof();

  if (error !== undefined) {
    return (
      <>
        <ErrorNotice>{describeError(messages, error)}</ErrorNotice>
        <div className={styles.buttons}>
          <button type="button" className={controls.secondary} onClick={retry}>
            {messages.retry}
          </button>
          <button type="button" className={controls.link} onClick={onCancel}>
            {messages.cancel}
          </button>
        </div>
      </>
    );
  }
  if (!totp) return <p className={styles.text}>{messages.loading}</p>;
  return (
    <Form
      fields={['code']}
      submit={texts.confirm}
      beside={
        <button type="button" className={controls.secondary} onClick={onCancel}>
          {messages.cancel}
        </button>
      }
      onSubmit={async (values) => {
        const code = String(values.get('code'));
        const { backupCodes = [] } = await withFreshProof(() => user.verifyTotp({ code }));
        onDone(backupCodes);
      }}
    >
      <p className={styles.text}>{texts.totpScan}</p>
      {totp.uri === undefined ? null : <QrCode text={totp.uri} label={texts.totpImage} />}
      <p className={styles.text}>
        {texts.totpKey}
        <code className={styles.key}>{inGroups(totp.secret ?? '')}</code>
      </p>
      {totp.uri === undefined ? null : (
        <a className={controls.link} href={totp.uri}>
          {texts.totpUri}
        </a>
      )}
      <CodeField />
    </Form>
  );
}

/** A secret of its own for each visit; one that was not confirmed counts for nothing. */
function useNewTotp(user: User, onCancel: () => void) {
  const withFreshProof = useFreshProof();
  const latestOnCancel = useRef(onCancel);
  latestOnCancel.current = onCancel;
  const [totp, setTotp] = useState<Totp>();
  const [error, setError] = useState<unknown>();
  const { id } = user;
  // The methods of a user are new after each change of theirs; the secret stays.
  const latestUser = useRef(user);
  latestUser.current = user;
  const make = useCallback(() => {
    setError(undefined);
    shared(id, () => withFreshProof(latestUser.current.createTotp)).then(
      setTotp,
      (failure: unknown) => {
        if (failure instanceof ProofCancelled) latestOnCancel.current();
        else setError(failure);
      },
    );
  }, [id, withFreshProof]);
  useEffect(make, [make]);
  return { totp, error, retry: make };
}

const running = new Map<string, Promise<Totp>>();

/** StrictMode mounts twice, and a second secret would void the one that is shown. */
function shared(id: string, create: () => Promise<Totp>): Promise<Totp> {
  const known = running.get(id);
  if (known) return known;
  const made = create().finally(() => running.delete(id));
  running.set(id, made);
  return made;
}

/** In fours, so that it can be read off and typed. */
function inGroups(secret: string): string {
  return secret.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
