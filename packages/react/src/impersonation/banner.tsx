import { useEffect, useState } from 'react';
import type { Session } from '@willcall/browser';
import { useSignOut } from '../destination/use-sign-out.ts';
import { describeError } from '../errors/describe.ts';
import { ErrorNotice } from '../look/notice.tsx';
import { fill } from '../messages/fill.ts';
import { useMessages } from '../messages/use-messages.ts';
import { useProvider } from '../provider/context.ts';
import { nameOf } from '../user/name.ts';
import styles from './banner.module.css';
import { writeRemaining } from './write-remaining.ts';

/** The bar itself, while its session lives. */
export default function Banner({ session }: { readonly session: Session }) {
  const messages = useMessages();
  const texts = messages.impersonation;
  const signOut = useSignOut();
  const [problem, setProblem] = useState<string>();
  const remaining = useRemaining(session);
  const actor = String(session.actor?.['sub'] ?? '');

  function stop() {
    setProblem(undefined);
    signOut().catch((error: unknown) => setProblem(describeError(messages, error)));
  }
  return (
    <section className={styles.banner} aria-label={texts.label}>
      <p className={styles.text}>
        <span role="status">{fill(texts.acting, { actor, user: nameOf(session.user) })}</span>{' '}
        <span className={styles.time} role="timer">
          {remaining > 0 ? fill(texts.remaining, { time: writeRemaining(remaining) }) : texts.ended}
        </span>
      </p>
      {problem === undefined ? null : <ErrorNotice>{problem}</ErrorNotice>}
      <button type="button" className={styles.stop} onClick={stop}>
        {texts.stop}
      </button>
    </section>
  );
}

/** The milliseconds that are left. At the end the server is asked who is signed in now. */
function useRemaining({ expireAt }: Session): number {
  const { willcall } = useProvider();
  const [remaining, setRemaining] = useState(() => expireAt - Date.now());
  const isOver = remaining <= 0;
  useEffect(() => {
    const timer = setInterval(() => setRemaining(expireAt - Date.now()), 1000);
    return () => clearInterval(timer);
  }, [expireAt]);
  useEffect(() => {
    if (isOver) willcall.signOut().catch(() => {});
  }, [willcall, isOver]);
  return remaining;
}
