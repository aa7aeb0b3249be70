import { useEffect, useRef } from 'react';
import type { User } from '@willcall/browser';
import { Field } from '../form/field.tsx';
import { Form } from '../form/form.tsx';
import controls from '../look/control.module.css';
import { useMessages } from '../messages/use-messages.ts';

interface CreateFormProps {
  readonly user: User;
  /** Takes the new organization up; the form waits for it. */
  readonly onCreated: (organizationId: string) => Promise<unknown>;
  readonly onCancel: () => void;
}

/** Makes an organization, which the person administrates. */
export function CreateForm({ user, onCreated, onCancel }: CreateFormProps) {
  const messages = useMessages();
  const texts = messages.organization;
  const frame = useRef<HTMLDivElement>(null);
  // The button that had the focus is gone.
  useEffect(() => frame.current?.querySelector('input')?.focus(), []);

  async function create(values: FormData) {
    const name = String(values.get('name')).trim();
    const { id } = await user.createOrganization({ name });
    await onCreated(id);
  }
  return (
    <div ref={frame}>
      <Form
        fields={['name']}
        submit={texts.create}
        beside={
          <button type="button" className={controls.secondary} onClick={onCancel}>
            {messages.cancel}
          </button>
        }
        onSubmit={create}
      >
        <Field
          name="name"
          label={texts.newName}
          required
          maxLength={256}
          autoComplete="organization"
        />
      </Form>
    </div>
  );
}
