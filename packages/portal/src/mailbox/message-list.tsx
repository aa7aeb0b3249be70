import type { MailboxMessage } from './messages.ts';
import styles from './mailbox.module.css';

interface MessageListProps {
  readonly messages: readonly MailboxMessage[];
  readonly chosenId: string;
  readonly onChoose: (id: string) => void;
}

/** The mails with subject, recipient and time; one is chosen. */
export function MessageList({ messages, chosenId, onChoose }: MessageListProps) {
  return (
    <nav aria-label="Mails">
      <ol className={styles.list}>
        {messages.map((message) => (
          <li key={message.id}>
            <button
              type="button"
              className={styles.item}
              aria-current={message.id === chosenId}
              onClick={() => onChoose(message.id)}
            >
              <span className={styles.subject}>{message.subject}</span>
              <span className={styles.detail}>{message.to}</span>
              <span className={styles.detail}>{writeTime(message.created_at)}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** A moment as people write it here, seconds included: codes follow each other quickly. */
export function writeTime(epochMs: number): string {
  return new Date(epochMs).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}
