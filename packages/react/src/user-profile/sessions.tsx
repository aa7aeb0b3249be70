import { useCallback, useEffect, useRef, useState } from 'react';
import type { User, UserSession } from '@willcall/browser';
import { describeError } from '../errors/describe.ts';
import { Form } from '../form/form.tsx';
import controls from '../look/control.module.css';
import { ErrorNotice, Note } from '../look/notice.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { useProvider } from '../provider/context.ts';
import styles from './profile.module.css';
import { Section } from './section.tsx';
import { SessionLine } from './session-line.tsx';

/** Where the person is signed in, this device first, each with its sign-out. */
export function Sessions({ user }: { readonly user: User }) {
  const messages = useMessages();
  const { sessions, error, reload } = useSessions(user);
  const [isOneEnded, setOneEnded] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const texts = messages.profile;

  async function end(session: UserSession) {
    setOneEnded(false);
    await session.revoke();
    await reload();
    setOneEnded(true);
    // The button that had the focus is gone.
    heading.current?.focus();
  }
  return (
    <Section title={texts.sessions} headingRef={heading}>
      <Note>{isOneEnded ? texts.deviceSignedOut : null}</Note>
      {error === undefined ? null : (
        <>
          <ErrorNotice>{describeError(messages, error)}</ErrorNotice>
          <button type="button" className={controls.secondary} onClick={() => void reload()}>
            {messages.retry}
          </button>
        </>
      )}
      {sessions ? (
        <Form fields={[]} onSubmit={async () => {}}>
          <ul className={styles.list}>
            {sessions.map((session) => (
              <SessionLine key={session.id} session={session} onEnd={() => end(session)} />
            ))}
          </ul>
        </Form>
      ) : null}
      {!sessions && error === undefined ? (
        <p className={styles.detail}>{messages.loading}</p>
      ) : null}
    </Section>
  );
}

function useSessions(user: User) {
  const { willcall } = useProvider();
  const [sessions, setSessions] = useState<readonly UserSession[]>();
  const [error, setError] = useState<unknown>();
  const reload = useCallback(async () => {
    try {
      const all = await user.getSessions();
      const isHere = ({ id }: UserSession) => id === willcall.session?.id;
      setSessions(
        all.toSorted(
          (a, b) => Number(isHere(b)) - Number(isHere(a)) || b.lastActiveAt - a.lastActiveAt,
        ),
      );
      setError(undefined);
    } catch (failure) {
      setError(failure);
    }
  }, [willcall, user]);
  // Again after each change of the user: a new password may have ended the other sessions.
  useEffect(() => void reload(), [reload]);
  return { sessions, error, reload };
}
