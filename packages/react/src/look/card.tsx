import type { ReactNode } from 'react';
import { useEntranceMessages } from '../messages/use-entrance-messages.ts';
import { useSnapshot } from '../provider/context.ts';
import styles from './card.module.css';

interface CardProps {
  /** `undefined` while its text is on the way. */
  readonly title?: string | undefined;
  readonly subtitle?: ReactNode;
  readonly children?: ReactNode;
}

/** The ticket that every step is printed on: a stub with the heading, and a body. */
export function Card({ title, subtitle, children }: CardProps) {
  const { environment } = useSnapshot();
  return (
    <section className={styles.card}>
      <header className={styles.stub}>
        {environment ? <p className={styles.eyebrow}>{environment.applicationName}</p> : null}
        {title === undefined ? null : (
          <h1 className={styles.title} tabIndex={-1}>
            {title}
          </h1>
        )}
        {subtitle ? <p className={styles.subtitle}>{subtitle}</p> : null}
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  );
}

/** The card while something is under way: a moving rail and a sentence. */
export function BusyCard({ title }: { readonly title?: string | undefined }) {
  const messages = useEntranceMessages();
  return (
    <Card title={title}>
      <div className={styles.busy} role="status">
        <div className={styles.rail} />
        <p className={styles.text}>{messages?.loading}</p>
      </div>
    </Card>
  );
}
