import { type ReactNode, useEffect, useRef, useState } from 'react';
import { describeError } from '../errors/describe.ts';
import { Arrival } from '../form/arrival.tsx';
import { RetryButton } from '../form/retry-button.tsx';
import { Card } from '../look/card.tsx';
import controls from '../look/control.module.css';
import { ErrorNotice } from '../look/notice.tsx';
import { useOutageMessages } from '../messages/use-outage-messages.ts';
import { dropKeptTicket } from '../ticket/keep.ts';
import { MissingPart } from './missing-part.tsx';

interface RetryCardProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  /** The form, where there is one beside what failed: a way to sign in without the ticket. */
  readonly children?: (() => ReactNode) | undefined;
}

/**
 * Nobody answered, or had no time: why, and a button to try again. When the browser is online
 * again it tries by itself, but takes no form away from whoever chose that.
 */
export function RetryCard({ error, onRetry, children }: RetryCardProps) {
  const messages = useOutageMessages();
  const [wantsForm, setWantsForm] = useState(false);
  useOnline(wantsForm ? undefined : onRetry);
  function chooseForm() {
    dropKeptTicket();
    setWantsForm(true);
  }
  if (wantsForm && children) {
    return (
      <Arrival step="form" isNew>
        {children()}
      </Arrival>
    );
  }
  if (!messages) return <MissingPart />;
  return (
    <Card title={messages.title}>
      <ErrorNotice>{describeError(messages, error)}</ErrorNotice>
      <RetryButton look="primary" onRetry={onRetry}>
        {messages.retry}
      </RetryButton>
      {children ? (
        <button type="button" className={controls.secondary} onClick={chooseForm}>
          {messages.ticket.otherWay}
        </button>
      ) : null}
    </Card>
  );
}

function useOnline(act: (() => void) | undefined): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const run = () => latest.current?.();
    addEventListener('online', run);
    return () => removeEventListener('online', run);
  }, []);
}
