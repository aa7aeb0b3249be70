import type { ReactNode } from 'react';
import type { Leave } from '../destination/use-leave.ts';
import { ActionLink } from '../form/action-link.tsx';
import { expectFocus } from '../form/expect-focus.ts';
import { Form } from '../form/form.tsx';
import { Card } from '../look/card.tsx';
import controls from '../look/control.module.css';
import { fill } from '../messages/fill.ts';
import { useMessages } from '../messages/use-messages.ts';
import { useProvider, useSnapshot } from '../provider/context.ts';
import { nameOf } from '../user/name.ts';

interface SignedInCardProps {
  readonly way: Leave;
  readonly notice: ReactNode;
}

/** Somebody is signed in and stays on this page: go on, or sign out. */
export function SignedInCard({ way, notice }: SignedInCardProps) {
  const { willcall } = useProvider();
  const messages = useMessages();
  const { user } = useSnapshot();
  const { signIn, userButton } = messages;
  return (
    <Card
      title={signIn.signedInTitle}
      subtitle={user ? fill(signIn.signedInAs, { name: nameOf(user) }) : undefined}
    >
      {notice}
      {way.hasStayed ? null : (
        <button type="button" className={controls.primary} onClick={way.leave}>
          {messages.continue}
        </button>
      )}
      <Form fields={[]} onSubmit={async () => {}}>
        <ActionLink look="secondary" action={signOut}>
          {userButton.signOut}
        </ActionLink>
      </Form>
    </Card>
  );

  function signOut() {
    expectFocus();
    return willcall.signOut();
  }
}
