import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Form } from '../form/form.tsx';
import controls from '../look/control.module.css';
import { Note } from '../look/notice.tsx';
import { useMessages } from '../messages/use-messages.ts';
import styles from './profile.module.css';
import { Section } from './section.tsx';

interface EditableProps {
  readonly title: string;
  /** What is shown while nobody edits. */
  readonly summary: string;
  /** The words on the button that opens the form. */
  readonly edit: string;
  /** What that button does, for people who hear it without its heading. Default: `edit`. */
  readonly editLabel?: string;
  /** What is said when it is saved. */
  readonly saved: string;
  /** The names of the fields, as `<Form fields>`. */
  readonly fields: readonly string[];
  readonly onSave: (values: FormData) => Promise<unknown>;
  readonly children: ReactNode;
}

/** A section that turns into a form. The focus goes to its first field, and back to the button. */
export function Editable(props: EditableProps) {
  const { title, summary, edit, editLabel, saved, fields, onSave, children } = props;
  const messages = useMessages();
  const [state, setState] = useState<'shown' | 'edited' | 'saved'>('shown');
  const isEdited = state === 'edited';
  const frame = useFocusMoves(isEdited);

  async function save(values: FormData) {
    await onSave(values);
    setState('saved');
  }
  return (
    <Section title={title}>
      <Note>{state === 'saved' ? saved : null}</Note>
      <div ref={frame}>
        {isEdited ? (
          <Form
            fields={fields}
            submit={messages.profile.save}
            beside={
              <button
                type="button"
                className={controls.secondary}
                onClick={() => setState('shown')}
              >
                {messages.cancel}
              </button>
            }
            onSubmit={save}
          >
            {children}
          </Form>
        ) : (
          <div className={styles.line}>
            <span className={styles.value}>{summary}</span>
            <button
              type="button"
              className={controls.link}
              aria-label={editLabel}
              onClick={() => setState('edited')}
            >
              {edit}
            </button>
          </div>
        )}
      </div>
    </Section>
  );
}

function useFocusMoves(isEdited: boolean) {
  const frame = useRef<HTMLDivElement>(null);
  const wasEdited = useRef(isEdited);
  useEffect(() => {
    if (wasEdited.current === isEdited) return;
    wasEdited.current = isEdited;
    const target = isEdited ? 'input:not([tabindex="-1"])' : 'button';
    frame.current?.querySelector<HTMLElement>(target)?.focus();
  }, [isEdited]);
  return frame;
}
