import { useEffect, useState } from 'react';
import type { Session } from '@willcall/browser';
import { useSignOut } from '../destination/use-sign-out.ts';
import { describeError } from '../errors/describe.ts';
import { ErrorNotice } from '../look/notice.tsx';
import { fill } from '../messages/fill.ts';
import { useMessages } from '../messages/use-messages.ts';
import { nameOf } from '../user/name.ts';
import styles from './banner.module.css';
import { writeRemaining } from './write-remaining.ts';

/** The bar itself, while its session lives. */
export default function Banner({ session }: { readonly session: Session }) {
  const messages = useMessages();
  const texts = messages.impersonation;
  // The whole sign-out would take the session before along, once this one is over.
  const signOut = useSignOut(session.id);
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

/** Between two questions whether the session is over. Milliseconds. */
const pause = 10_000;

/**
 * The milliseconds that are left by the clock of the browser. It may be wrong, so at the end
 * the server is asked for a token, until there is none: then the session before is back.
 */
function useRemaining({ expireAt, getToken }: Session): number {
  const [remaining, setRemaining] = useState(() => expireAt - Date.now());
  const isOver = remaining <= 0;
  useEffect(() => {
    const timer = setInterval(() => setRemaining(expireAt - Date.now()), 1000);
    return () => clearInterval(timer);
  }, [expireAt]);
  useEffect(() => {
    if (!isOver) return;
    const ask = () => void getToken({ skipCache: true }).catch(() => {});
    ask();
    const timer = setInterval(ask, pause);
    return () => clearInterval(timer);
  }, [getToken, isOver]);
  return remaining;
}
