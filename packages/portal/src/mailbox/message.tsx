import { useRef, useState } from 'react';
import { findCode, type MailboxMessage } from './messages.ts';
import { writeTime } from './message-list.tsx';
import styles from './mailbox.module.css';

/** One mail: who gets it, its code ready to copy, and how it looks. */
export function Message({ message }: { readonly message: MailboxMessage }) {
  const code = findCode(message.text);
  return (
    <article className={styles.message} aria-labelledby="mail-subject">
      <h2 id="mail-subject" className={styles.heading}>
        {message.subject}
      </h2>
      <p className={styles.detail}>
        To {message.to} · {writeTime(message.created_at)}
      </p>
      {code ? <CopyCode key={message.id} code={code} /> : null}
      {/* Without permissions: what a mail brings along can neither run nor reach the page. */}
      <iframe
        className={styles.sheet}
        title={`Mail: ${message.subject}`}
        sandbox=""
        src={`/mailbox/messages/${encodeURIComponent(message.id)}/html`}
      />
    </article>
  );
}

function CopyCode({ code }: { readonly code: string }) {
  const place = useRef<HTMLElement>(null);
  const [outcome, setOutcome] = useState<'copied' | 'selected'>();
  async function copy() {
    try {
      await navigator.clipboard.writeText(code);
      setOutcome('copied');
    } catch {
      // Without TLS there is no clipboard, and a browser may refuse it.
      if (place.current) getSelection()?.selectAllChildren(place.current);
      setOutcome('selected');
    }
  }
  return (
    <p className={styles.code}>
      <code ref={place}>{code}</code>
      <button type="button" className={styles.button} onClick={() => void copy()}>
        {outcome === 'copied' ? 'Copied' : 'Copy code'}
      </button>
      <span role="status" className={outcome === 'selected' ? styles.detail : styles.unseen}>
        {outcome && said[outcome]}
      </span>
    </p>
  );
}

const said = {
  copied: 'Code copied.',
  selected: 'The browser did not copy it. It is selected now: copy it with the keyboard or menu.',
};
