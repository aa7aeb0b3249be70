import { type ReactNode, type SyntheticEvent, useEffect, useMemo, useRef, useState } from 'react';
import { WillcallError } from '@willcall/browser';
import { describeError } from '../errors/describe.ts';
import { ProofCancelled } from '../fresh-proof/context.ts';
import styles from '../look/form.module.css';
import controls from '../look/control.module.css';
import { ErrorNotice } from '../look/notice.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { FormContext } from './context.ts';

interface FormProps {
  /** The names of the fields that can show an error of their own, as the server calls them. */
  readonly fields: readonly string[];
  /** The words on the button; without them there is none. */
  readonly submit?: string;
  /** A button beside that one. */
  readonly beside?: ReactNode;
  /** Other ways on, below the buttons. */
  readonly links?: ReactNode;
  readonly onSubmit: (values: FormData) => Promise<unknown>;
  /** Takes over an error instead of showing it here. */
  readonly onError?: ((error: unknown) => boolean) | undefined;
  readonly children: ReactNode;
}

/** A form that runs one action at a time and shows its error at the field it is about, else above. */
export function Form({ fields, submit, beside, links, onSubmit, onError, children }: FormProps) {
  const messages = useMessages();
  const form = useRef<HTMLFormElement>(null);
  const { isBusy, error, run } = useRun(onError);
  const field = fieldOf(error, fields);
  const text = error === undefined ? undefined : describeError(messages, error);
  const context = useMemo(
    () => ({ isBusy, run, problemOf: (name: string) => (name === field ? text : undefined) }),
    [isBusy, run, field, text],
  );
  useEffect(() => {
    if (error !== undefined) focusInvalid(form.current);
  }, [error]);

  function send(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    run(() => onSubmit(values));
  }

  return (
    <FormContext.Provider value={context}>
      <form ref={form} className={styles.form} onSubmit={send} aria-busy={isBusy}>
        {text !== undefined && field === undefined ? <ErrorNotice>{text}</ErrorNotice> : null}
        {children}
        {submit === undefined ? null : (
          <div className={styles.actions}>
            <button type="submit" className={controls.primary} aria-disabled={isBusy}>
              {submit}
            </button>
            {beside}
          </div>
        )}
        {links === undefined ? null : <div className={styles.links}>{links}</div>}
      </form>
    </FormContext.Provider>
  );
}

function useRun(onError: FormProps['onError']) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const isRunning = useRef(false);
  const latestOnError = useRef(onError);
  latestOnError.current = onError;

  const run = useMemo(
    () => (action: () => Promise<unknown>) => {
      // State comes too late for a second press in the same moment.
      if (isRunning.current) return;
      isRunning.current = true;
      setBusy(true);
      setError(undefined);
      action()
        .catch((thrown: unknown) => {
          if (thrown instanceof ProofCancelled) return;
          if (latestOnError.current?.(thrown)) return;
          if (thrown instanceof TypeError) console.error(thrown);
          setError(thrown);
        })
        .finally(() => {
          isRunning.current = false;
          setBusy(false);
        });
    },
    [],
  );
  return { isBusy, error, run };
}

function fieldOf(error: unknown, fields: readonly string[]): string | undefined {
  const name = error instanceof WillcallError ? error.meta.param_name : undefined;
  return name !== undefined && fields.includes(name) ? name : undefined;
}

function focusInvalid(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus();
}
