import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import styles from '../look/control.module.css';
import { useMessages } from '../messages/use-messages.ts';
import { useForm } from './context.ts';

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> {
  /** As the server calls it, so that its errors find the field. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Says at the label that the field may stay empty. */
  readonly isOptional?: boolean;
  /** A button inside the field, at its end. */
  readonly inside?: ReactNode;
}

/** A labelled input with a hint below it, or with what is wrong with it. */
export function Field({
  label,
  hint,
  isOptional = false,
  inside,
  className = '',
  ...input
}: FieldProps) {
  const id = useId();
  const messages = useMessages();
  const problem = useForm().problemOf(input.name);
  const described = problem !== undefined || hint !== undefined;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {isOptional ? <span className={styles.optional}> {messages.optional}</span> : null}
      </label>
      <div className={styles.box}>
        <input
          {...input}
          id={id}
          className={`${styles.input} ${inside ? styles.withButton : ''} ${className}`}
          aria-invalid={problem !== undefined}
          aria-describedby={described ? `${id}-below` : undefined}
        />
        {inside}
      </div>
      <div id={`${id}-below`}>
        {hint !== undefined && problem === undefined ? <p className={styles.hint}>{hint}</p> : null}
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      </div>
    </div>
  );
}
