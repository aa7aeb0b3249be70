import type { ComponentProps } from 'react';
import { TaskCard } from '../session-task/task-card.tsx';
import { QuestionCard } from './question-card.tsx';
import { SignedInCard } from './signed-in-card.tsx';
import { TicketNotice } from './ticket-notice.tsx';

type InterruptionProps =
  | ({ readonly by: 'question' } & ComponentProps<typeof QuestionCard>)
  | ({ readonly by: 'task' } & ComponentProps<typeof TaskCard>)
  | ({ readonly by: 'session' } & ComponentProps<typeof SignedInCard>)
  | ({ readonly by: 'refusal' } & ComponentProps<typeof TicketNotice>);

/**
 * What may come before the form, or in its place: a ticket that asks first or was refused,
 * something to be done with a session, a session that stays. One part, since a ticket that
 * works needs none.
 */
export default function Interruption(props: InterruptionProps) {
  switch (props.by) {
    case 'question':
      return <QuestionCard {...props} />;
    case 'task':
      return <TaskCard {...props} />;
    case 'session':
      return <SignedInCard {...props} />;
    case 'refusal':
      return <TicketNotice {...props} />;
  }
}
