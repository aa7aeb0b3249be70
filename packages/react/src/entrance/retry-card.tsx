import { type ReactNode, useEffect, useRef, useState } from 'react';
import { describeError } from '../errors/describe.ts';
import { Arrival } from '../form/arrival.tsx';
import { Card } from '../look/card.tsx';
import controls from '../look/control.module.css';
import { ErrorNotice } from '../look/notice.tsx';
import { useOutageMessages } from '../messages/use-outage-messages.ts';

interface RetryCardProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  /** The form, where there is one beside what failed: a way to sign in without the ticket. */
  readonly children?: (() => ReactNode) | undefined;
}

/** Whether a press of this page took the card away: then it gets the focus back. */
let wasPressed = false;

/**
 * Nobody answered, or had no time: why, and a button to try again. When the browser is online
 * again it tries by itself.
 */
export function RetryCard({ error, onRetry, children }: RetryCardProps) {
  const messages = useOutageMessages();
  const [wantsForm, setWantsForm] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useOnline(onRetry);
  useEffect(() => {
    if (wasPressed) button.current?.focus();
    wasPressed = false;
  }, []);
  if (wantsForm && children) {
    return (
      <Arrival step="form" isNew>
        {children()}
      </Arrival>
    );
  }
  return (
    <Card title={messages.title}>
      <ErrorNotice>{describeError(messages, error)}</ErrorNotice>
      <button ref={button} type="button" className={controls.primary} onClick={press}>
        {messages.retry}
      </button>
      {children ? (
        <button type="button" className={controls.secondary} onClick={() => setWantsForm(true)}>
          {messages.ticket.otherWay}
        </button>
      ) : null}
    </Card>
  );

  function press() {
    wasPressed = true;
    onRetry();
  }
}

function useOnline(act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const run = () => latest.current();
    addEventListener('online', run);
    return () => removeEventListener('online', run);
  }, []);
}
