import { useEffect } from 'react';
import type { Session } from '@willcall/browser';
import type { Leave } from '../destination/use-leave.ts';
import { reportUnsupported } from '../errors/report-unsupported.ts';
import { ActionLink } from '../form/action-link.tsx';
import { Arrival } from '../form/arrival.tsx';
import { expectFocus } from '../form/expect-focus.ts';
import { Form } from '../form/form.tsx';
import { Card } from '../look/card.tsx';
import { ErrorNotice } from '../look/notice.tsx';
import { fill } from '../messages/fill.ts';
import { useMessages } from '../messages/use-messages.ts';
import { OrganizationChoice } from '../organization/choice.tsx';
import { useProvider } from '../provider/context.ts';
import { type RoutingProps, useStep } from '../route/use-step.ts';

interface TaskCardProps {
  readonly session: Session;
  readonly way: Leave;
  readonly routing: RoutingProps;
}

const choosing = 'choose-organization';

/** The last step of a sign-in whose session is pending: what is still to be done. */
export function TaskCard({ session, way, routing }: TaskCardProps) {
  const { willcall } = useProvider();
  const messages = useMessages();
  const { task: texts, userButton } = messages;
  const { step, go } = useStep(routing);
  const task = session.tasks[0]?.key ?? session.status;
  const isKnown = task === choosing;
  useEffect(() => {
    if (isKnown && step !== choosing) go(choosing, 'replace');
    if (!isKnown) reportUnsupported(willcall, task);
  }, [willcall, isKnown, task, step, go]);

  function choose(organization: string | null) {
    return willcall.setActive({ session, organization, navigate: way.leave });
  }
  function signOut() {
    expectFocus();
    return willcall.signOut();
  }
  return (
    <Arrival step={task} isNew>
      <Card title={texts.title} subtitle={isKnown ? texts.subtitle : undefined}>
        {isKnown ? (
          <OrganizationChoice user={session.user} onChoose={choose} />
        ) : (
          <ErrorNotice>{fill(texts.unsupported, { task })}</ErrorNotice>
        )}
        <Form fields={[]} onSubmit={async () => {}}>
          <ActionLink action={signOut}>{userButton.signOut}</ActionLink>
        </Form>
      </Card>
    </Arrival>
  );
}
