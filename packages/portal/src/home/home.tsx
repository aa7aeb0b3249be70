import { useEffect, useState } from 'react';
import { UserButton, useUser, useWillcall } from '@willcall/react';
import { Frame } from '../frame/frame.tsx';
import { ReloadButton } from '../frame/reload-button.tsx';
import styles from '../look/sheet.module.css';
import { useTexts } from '../messages/use-texts.ts';
import { SignedInSheet } from './signed-in-sheet.tsx';
import { SignedOutSheet } from './signed-out-sheet.tsx';

/** `/`: who is signed in, and where to go from here. */
export default function Home() {
  const { environment } = useWillcall();
  const texts = useTexts();
  const { isLoaded, isSignedIn, user } = useUser();
  const hasFailed = useLoadFailure();
  return (
    <Frame title={texts.homeTitle} corner={<UserButton />}>
      {isLoaded && isSignedIn ? <SignedInSheet user={user} /> : null}
      {isLoaded && !isSignedIn ? <SignedOutSheet /> : null}
      {!isLoaded && hasFailed ? (
        <section className={styles.sheet} role="alert">
          <h1 className={styles.title}>{texts.noAnswer}</h1>
          <p className={styles.text}>{texts.noAnswerText}</p>
          <ReloadButton />
        </section>
      ) : null}
      {environment?.instanceType === 'development' ? (
        <p className={styles.aside}>
          Mails of this development server are in the <a href="/mailbox">mailbox</a>.
        </p>
      ) : null}
    </Frame>
  );
}

/** Whether the server could not be asked who is signed in. */
function useLoadFailure(): boolean {
  const willcall = useWillcall();
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    willcall.load().catch(() => setFailed(true));
  }, [willcall]);
  return hasFailed;
}
