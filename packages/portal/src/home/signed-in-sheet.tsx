import { useState } from 'react';
import { type User, useWillcall } from '@willcall/react';
import { fillIn, useTexts } from '../messages/use-texts.ts';
import styles from '../look/sheet.module.css';

/** Who is signed in, with the way to the account and out. */
export function SignedInSheet({ user }: { readonly user: User }) {
  const willcall = useWillcall();
  const texts = useTexts();
  const [problem, setProblem] = useState<string>();
  const address = user.primaryEmailAddress?.emailAddress;
  const homeUrl = willcall.environment?.homeUrl;
  const name = user.fullName ?? address ?? user.username ?? user.id;

  function signOut() {
    setProblem(undefined);
    willcall.signOut().catch((error: Error) => setProblem(error.message));
  }
  return (
    <section className={styles.sheet}>
      <h1 className={styles.title}>{texts.signedInTitle}</h1>
      <p className={styles.text}>
        {fillIn(texts.signedInAs, address && address !== name ? `${name}, ${address}` : name)}
      </p>
      {problem ? <p role="alert">{problem}</p> : null}
      <p className={styles.actions}>
        {homeUrl && new URL(homeUrl, location.href).origin !== location.origin ? (
          <a className={styles.primary} href={willcall.decorateUrl(homeUrl)}>
            {fillIn(texts.goOn, willcall.environment?.applicationName)}
          </a>
        ) : null}
        <a className={styles.secondary} href="/user">
          {texts.manage}
        </a>
        <button type="button" className={styles.secondary} onClick={signOut}>
          {texts.signOut}
        </button>
      </p>
    </section>
  );
}
