import { useState } from 'react';
import type { User } from '@willcall/browser';
import { describeError } from '../errors/describe.ts';
import { ActionLink } from '../form/action-link.tsx';
import { Form } from '../form/form.tsx';
import styles from '../look/card.module.css';
import controls from '../look/control.module.css';
import { ErrorNotice } from '../look/notice.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { CreateForm } from './create-form.tsx';
import { useMemberships } from './use-memberships.ts';

interface OrganizationChoiceProps {
  readonly user: User;
  readonly onChoose: (organizationId: string) => Promise<unknown>;
}

/** The organizations of a person, a button for each, and the way to a new one where that is allowed. */
export function OrganizationChoice({ user, onChoose }: OrganizationChoiceProps) {
  const messages = useMessages();
  const [isCreating, setCreating] = useState(false);
  const { memberships, error, reload } = useMemberships(user);
  if (error !== undefined) {
    return (
      <>
        <ErrorNotice>{describeError(messages, error)}</ErrorNotice>
        <button type="button" className={controls.secondary} onClick={reload}>
          {messages.retry}
        </button>
      </>
    );
  }
  if (!memberships) return <p className={styles.text}>{messages.loading}</p>;
  if (isCreating)
    return <CreateForm user={user} onCreated={onChoose} onCancel={() => setCreating(false)} />;
  const { createOrganizationEnabled: mayCreate } = user;
  return (
    <Form fields={[]} onSubmit={async () => {}}>
      {memberships.length === 0 ? (
        <p className={styles.text}>{mayCreate ? messages.task.noneYet : messages.task.none}</p>
      ) : null}
      {memberships.map(({ organization }) => (
        <ActionLink key={organization.id} look="secondary" action={() => onChoose(organization.id)}>
          {organization.name}
        </ActionLink>
      ))}
      {mayCreate ? (
        <button
          type="button"
          className={memberships.length === 0 ? controls.primary : controls.link}
          onClick={() => setCreating(true)}
        >
          {messages.organization.create}
        </button>
      ) : null}
    </Form>
  );
}
