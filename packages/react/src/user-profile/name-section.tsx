import type { User } from '@willcall/browser';
import { Field } from '../form/field.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { Editable } from './editable.tsx';

/** First and last name, and the form that changes them. */
export function NameSection({ user }: { readonly user: User }) {
  const messages = useMessages();
  const texts = messages.profile;

  function save(values: FormData) {
    const read = (name: string) => String(values.get(name)).trim() || null;
    return user.update({ firstName: read('first_name'), lastName: read('last_name') });
  }
  return (
    <Editable
      title={texts.name}
      summary={user.fullName ?? texts.noName}
      edit={texts.edit}
      editLabel={texts.editName}
      saved={texts.nameSaved}
      fields={['first_name', 'last_name']}
      onSave={save}
    >
      <Field
        name="first_name"
        label={texts.firstName}
        defaultValue={user.firstName ?? ''}
        autoComplete="given-name"
      />
      <Field
        name="last_name"
        label={texts.lastName}
        defaultValue={user.lastName ?? ''}
        autoComplete="family-name"
      />
    </Editable>
  );
}
