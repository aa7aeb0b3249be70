import { createContext, useContext } from 'react';

/** What a form tells its fields and links. */
export interface FormContextValue {
  readonly isBusy: boolean;
  /** Runs an action of the form, one at a time; its error is shown by the form. */
  readonly run: (action: () => Promise<unknown>) => void;
  /** What is wrong with a field. */
  readonly problemOf: (name: string) => string | undefined;
}

export const FormContext = createContext<FormContextValue | undefined>(undefined);

/** The form around a field. Throws a TypeError outside of one. */
export function useForm(): FormContextValue {
  const form = useContext(FormContext);
  if (!form) throw new TypeError('This field belongs into a <Form>.');
  return form;
}
