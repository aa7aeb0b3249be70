import { useState } from 'react';
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
  const [isCopied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(code);
    setCopied(true);
  }
  return (
    <p className={styles.code}>
      <code>{code}</code>
      <button type="button" className={styles.button} onClick={() => void copy()}>
        {isCopied ? 'Copied' : 'Copy code'}
      </button>
      <span role="status" className={styles.unseen}>
        {isCopied ? 'Code copied.' : ''}
      </span>
    </p>
  );
}
