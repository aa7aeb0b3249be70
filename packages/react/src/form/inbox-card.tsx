import { type ReactNode, useState } from 'react';
import { Card } from '../look/card.tsx';
import { Note } from '../look/notice.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { ActionLink } from './action-link.tsx';
import { CodeField } from './code-field.tsx';
import { Form } from './form.tsx';

interface InboxCardProps {
  readonly title: string;
  readonly subtitle: string;
  /** Whether nothing may tell if anything was sent. */
  readonly isUntold?: boolean | undefined;
  /** What happened before. */
  readonly notice: ReactNode;
  readonly onCode: (code: string) => Promise<void>;
  /** Sends another code, which voids the one before. */
  readonly onResend: () => Promise<unknown>;
  /** Takes over an error instead of showing it here. */
  readonly onError: (error: unknown) => boolean;
  /** The link beside "send a new code". */
  readonly children: ReactNode;
  /** What stands below the form. */
  readonly below?: ReactNode;
}

/** A step that asks for a code from the inbox, and can send another one. */
export function InboxCard(props: InboxCardProps) {
  const { title, subtitle, isUntold, notice, onCode, onResend, onError, children, below } = props;
  const messages = useMessages();
  const resent = isUntold ? messages.signIn.codeSentUntold : messages.signIn.codeSent;
  const [isResent, setResent] = useState(false);

  async function resend() {
    setResent(false);
    await onResend();
    setResent(true);
  }
  function send(values: FormData) {
    setResent(false);
    return onCode(String(values.get('code')));
  }

  return (
    <Card title={title} subtitle={subtitle}>
      {notice}
      <Note>{isResent ? resent : null}</Note>
      <Form
        fields={['code']}
        submit={messages.continue}
        links={
          <>
            <ActionLink action={resend}>{messages.signIn.resendCode}</ActionLink>
            {children}
          </>
        }
        onSubmit={send}
        onError={onError}
      >
        <CodeField />
      </Form>
      {below}
    </Card>
  );
}
