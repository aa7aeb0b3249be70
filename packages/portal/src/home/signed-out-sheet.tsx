import { useWillcall } from '@willcall/react';
import { fillIn, useTexts } from '../messages/use-texts.ts';
import styles from '../look/sheet.module.css';

/** Nobody is signed in: the ways in. */
export function SignedOutSheet() {
  const { environment } = useWillcall();
  const texts = useTexts();
  return (
    <section className={styles.sheet}>
      <h1 className={styles.title}>{texts.signedOutTitle}</h1>
      <p className={styles.text}>{fillIn(texts.signedOutText, environment?.applicationName)}</p>
      <p className={styles.actions}>
        <a className={styles.primary} href="/sign-in">
          {texts.signIn}
        </a>
        {environment?.signUpMode === 'public' ? (
          <a className={styles.secondary} href="/sign-up">
            {texts.signUp}
          </a>
        ) : null}
      </p>
    </section>
  );
}
