import { useCallback, useEffect, useState } from 'react';
import { Frame } from '../frame/frame.tsx';
import { deleteMessages, listMessages, type MailboxMessage } from './messages.ts';
import { Message } from './message.tsx';
import { MessageList } from './message-list.tsx';
import styles from './mailbox.module.css';

/** How often the list asks for new mails while the page is seen. Milliseconds. */
const refreshEvery = 2000;

/** Development only: the mails that would have been sent, newest first, and the chosen one. */
export default function Mailbox() {
  const { messages, problem, refresh } = useMessages();
  const [areKept, setKept] = useState(false);
  const [chosenId, choose] = useChosenId();
  const chosen = messages?.find((message) => message.id === chosenId) ?? messages?.[0];

  async function empty() {
    try {
      await deleteMessages();
      setKept(false);
    } catch {
      setKept(true);
    }
    await refresh();
  }

  return (
    <Frame title="Mailbox" isWide>
      <div className={styles.head}>
        <div>
          <h1 className={styles.title}>Mailbox</h1>
          <p className={styles.lead}>
            Mails of this development server stay here; none is sent to anybody.
          </p>
        </div>
        {messages && messages.length > 0 ? (
          <button type="button" className={styles.button} onClick={() => void empty()}>
            Delete all
          </button>
        ) : null}
      </div>
      {problem ? <p role="alert">{problem}</p> : null}
      {areKept ? <p role="alert">The mails could not be deleted. Try again.</p> : null}
      {messages?.length === 0 ? (
        <p className={styles.empty}>
          Nothing yet. Ask for a code on the sign-in page, and its mail appears here.
        </p>
      ) : null}
      {messages && chosen ? (
        <div className={styles.columns}>
          <MessageList messages={messages} chosenId={chosen.id} onChoose={choose} />
          <Message message={chosen} />
        </div>
      ) : null}
    </Frame>
  );
}

function useMessages() {
  const [messages, setMessages] = useState<readonly MailboxMessage[]>();
  const [problem, setProblem] = useState<string>();
  const refresh = useCallback(async () => {
    try {
      setMessages(await listMessages());
      setProblem(undefined);
    } catch {
      setProblem('The mailbox cannot be read. It exists on development servers only.');
    }
  }, []);
  useEffect(() => {
    void refresh();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void refresh();
    }, refreshEvery);
    return () => clearInterval(timer);
  }, [refresh]);
  return { messages, problem, refresh };
}

/** The chosen mail stands in the hash, so that reload and the back button keep it. */
function useChosenId(): [string, (id: string) => void] {
  const [id, setId] = useState(() => location.hash.slice(1));
  useEffect(() => {
    const read = () => setId(location.hash.slice(1));
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  return [id, (chosen) => (location.hash = chosen)];
}
