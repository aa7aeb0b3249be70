import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import styles from '../look/control.module.css';
import { useMessages } from '../messages/use-messages.ts';
import { useForm } from './context.ts';
import { Field } from './field.tsx';
import { codeLength, readCode } from './read-code.ts';

/** A code of six digits: one input, so that paste and a phone's suggestion work. Sends itself when full. */
export function CodeField() {
  const messages = useMessages();
  const problem = useForm().problemOf('code');
  const [code, setCode] = useState('');
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (problem !== undefined) setCode('');
  }, [problem]);
  useEffect(() => {
    if (code.length === codeLength) form.current?.requestSubmit();
  }, [code]);

  function read(event: ChangeEvent<HTMLInputElement>) {
    form.current = event.target.form;
    setCode(readCode(event.target.value));
  }
  return (
    <Field
      name="code"
      label={messages.code}
      className={styles.code}
      value={code}
      onChange={read}
      required
      inputMode="numeric"
      autoComplete="one-time-code"
      placeholder="······"
    />
  );
}
