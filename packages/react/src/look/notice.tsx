import type { ReactNode } from 'react';
import styles from './notice.module.css';

/** What went wrong, read out at once. */
export function ErrorNotice({ children }: { readonly children?: ReactNode }) {
  return (
    <div role="alert" className={`${styles.notice} ${styles.error}`}>
      {children}
    </div>
  );
}

/** What went well, read out when the reader is free. */
export function Note({ children }: { readonly children?: ReactNode }) {
  return (
    <div role="status" className={children ? `${styles.notice} ${styles.note}` : undefined}>
      {children}
    </div>
  );
}
