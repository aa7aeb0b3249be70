import { useEffect, useRef, useState } from 'react';
import type { SessionVerification } from '@willcall/browser';
import { describeError } from '../errors/describe.ts';
import controls from '../look/control.module.css';
import { Dialog } from '../look/dialog.tsx';
import styles from '../look/dialog.module.css';
import { ErrorNotice } from '../look/notice.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { useSnapshot } from '../provider/context.ts';
import { ProofForm } from './proof-form.tsx';

interface ProofDialogProps {
  readonly onProved: () => void;
  readonly onCancel: () => void;
}

/** Asks the person to prove who they are, until it is proved or they do not want to. */
export function ProofDialog({ onProved, onCancel }: ProofDialogProps) {
  const messages = useMessages();
  const { verification, error } = useVerification();
  const cancel = (
    <button type="button" className={controls.secondary} onClick={onCancel}>
      {messages.cancel}
    </button>
  );
  return (
    <Dialog title={messages.freshProof.title} onCancel={onCancel}>
      {verification ? (
        <ProofForm verification={verification} cancel={cancel} onProved={onProved} />
      ) : (
        <>
          {error === undefined ? (
            <p className={styles.text}>{messages.loading}</p>
          ) : (
            <ErrorNotice>{describeError(messages, error)}</ErrorNotice>
          )}
          {cancel}
        </>
      )}
    </Dialog>
  );
}

/** By the second factor where there is one. */
function useVerification() {
  const { user } = useSnapshot();
  const start = useRef(user?.verify);
  const [verification, setVerification] = useState<SessionVerification>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    start.current?.({ level: 'second_factor' }).then(setVerification, setError);
  }, []);
  return { verification, error };
}
