import type { Option } from './option.ts';
import { readArguments } from './read-arguments.ts';

/** The options of a command by their names. */
export type Options = Readonly<Record<string, Option<unknown>>>;

/** The values of the options after reading. */
export type Values<Of extends Options> = {
  readonly [Name in keyof Of]: Of[Name] extends Option<infer Value> ? Value : never;
};

/** One command as it is declared: from here come its help, its reference and its checks. */
export interface Declaration<Of extends Options> {
  /** The words after `willcall`. */
  readonly name: string;
  /** One line, for the list of all commands. */
  readonly summary: string;
  /** What else one must know, in sentences. */
  readonly details: string;
  /** What stands after the name without dashes, such as `<id>`; it must be given. */
  readonly operand?: string;
  readonly options: Of;
  readonly examples: readonly string[];
  /** Does it. `operand` is empty where none is declared. Throws `Failure` for what can be foreseen. */
  readonly run: (values: Values<Of>, operand: string) => Promise<void>;
}

/** A command that can be called with the arguments after its name. */
export interface Command extends Omit<Declaration<Options>, 'run'> {
  /** Refuses unknown options and missing operands with `UsageError` before it does anything. */
  readonly call: (args: readonly string[]) => Promise<void>;
}

/** Makes a command of its declaration. */
export function defineCommand<const Of extends Options>(declaration: Declaration<Of>): Command {
  const { run, ...rest } = declaration;
  return {
    ...rest,
    call: async (args) => {
      const { values, operand } = readArguments(declaration, args);
      await run(values, operand);
    },
  };
}
