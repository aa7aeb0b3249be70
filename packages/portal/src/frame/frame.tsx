import { type ReactNode, useEffect } from 'react';
import { ImpersonationBanner, useWillcall } from '@willcall/react';
import { useTexts } from '../messages/use-texts.ts';
import styles from './frame.module.css';

interface FrameProps {
  /** What the page is, for the window's title. */
  readonly title: string | undefined;
  /** Room for two columns. Default: one column, as wide as a ticket. */
  readonly isWide?: boolean;
  /** At the end of the head. */
  readonly corner?: ReactNode;
  readonly children: ReactNode;
}

/** What surrounds every hosted page: whose it is above, and what it is below. */
export function Frame({ title, isWide = false, corner, children }: FrameProps) {
  const { environment } = useWillcall();
  const texts = useTexts();
  const name = environment?.applicationName;
  useEffect(() => {
    if (title) document.title = name ? `${title} · ${name}` : title;
  }, [title, name]);
  return (
    <div className={styles.frame}>
      <div className={styles.banner}>
        <ImpersonationBanner />
      </div>
      <header className={styles.head}>
        <a className={styles.home} href="/">
          <Mark />
          {name ?? texts.home}
        </a>
        <div className={styles.corner}>
          {texts.development && environment?.instanceType === 'development' ? (
            <span className={styles.tag}>{texts.development}</span>
          ) : null}
          {corner}
        </div>
      </header>
      <main className={`${styles.main} ${isWide ? styles.wide : ''}`}>{children}</main>
      <footer className={styles.foot}>
        <p>{texts.foot}</p>
      </footer>
    </div>
  );
}

/** A ticket with its perforation. */
function Mark() {
  return (
    <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path fill="currentColor" d="M4 8h24v5a3 3 0 0 0 0 6v5H4v-5a3 3 0 0 0 0-6z" />
      <path className={styles.perforation} d="M20 9.5v13" />
    </svg>
  );
}
