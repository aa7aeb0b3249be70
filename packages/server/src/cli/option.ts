import { UsageError } from './failure.ts';

/** What `node:util` hands over for one option; `undefined` where it was not given. */
export type Given = string | boolean | readonly (string | boolean)[] | undefined;

/** One option of a command: how it is shown, and how its text becomes a value. */
export interface Option<Value> {
  readonly takes: 'nothing' | 'one' | 'many';
  /** Stands for the value in the help, such as `<folder>`. */
  readonly placeholder?: string;
  readonly description: string;
  /** Throws {@link UsageError} for what cannot be the value. */
  readonly read: (given: Given, name: string) => Value;
}

/** `--name`, which is given or not. */
export function flag(description: string): Option<boolean> {
  return { takes: 'nothing', description, read: (given) => given === true };
}

/** `--name text`. An empty text is refused: it comes from a variable that is not set. */
export function text(placeholder: string, description: string): Option<string | undefined> {
  return { takes: 'one', placeholder, description, read: readText };
}

/** `--name text`, as often as wanted. */
export function texts(placeholder: string, description: string): Option<readonly string[]> {
  return {
    takes: 'many',
    placeholder,
    description,
    read: (given, name) =>
      Array.isArray(given) ? given.map((one: Given) => readText(one, name) ?? '') : [],
  };
}

/** `--name 10`: a whole number within the bounds. */
export function wholeNumber(
  placeholder: string,
  { min, max }: { readonly min: number; readonly max: number },
  description: string,
): Option<number | undefined> {
  return {
    takes: 'one',
    placeholder,
    description,
    read(given, name) {
      const written = readText(given, name);
      if (written === undefined) return undefined;
      const number = /^\d{1,9}$/.test(written) ? Number(written) : Number.NaN;
      if (number >= min && number <= max) return number;
      throw new UsageError(`--${name} is a whole number from ${min} to ${max}.`);
    },
  };
}

/** An option whose text becomes something else. `convert` throws {@link UsageError}. */
export function converted<Value>(
  option: Option<string | undefined>,
  convert: (written: string, name: string) => Value,
): Option<Value | undefined> {
  return {
    ...option,
    read(given, name) {
      const written = option.read(given, name);
      return written === undefined ? undefined : convert(written, name);
    },
  };
}

function readText(given: Given, name: string): string | undefined {
  if (given === undefined) return undefined;
  if (typeof given === 'string' && given !== '') return given;
  throw new UsageError(`--${name} is given without a value.`);
}
