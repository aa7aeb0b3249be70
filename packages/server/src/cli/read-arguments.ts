import { parseArgs } from 'node:util';
import type { Declaration, Options, Values } from './command.ts';
import { UsageError } from './failure.ts';

/** Reads the arguments of a command. Refuses whatever the declaration does not name. */
export function readArguments<Of extends Options>(
  { options, operand }: Pick<Declaration<Of>, 'options' | 'operand'>,
  args: readonly string[],
): { values: Values<Of>; operand: string } {
  const { values, positionals } = parse(options, args);
  const [first = '', ...more] = positionals;
  const unexpected = operand === undefined ? first : more[0];
  if (unexpected) throw new UsageError(`${JSON.stringify(unexpected)} is one word too many here.`);
  if (operand !== undefined && first === '') throw new UsageError(`The ${operand} is missing.`);
  const read = Object.entries(options).map(([name, option]) => [
    name,
    option.read(values[name], name),
  ]);
  return { values: Object.fromEntries(read) as Values<Of>, operand: first };
}

function parse(options: Options, args: readonly string[]) {
  const declared = Object.entries(options).map(([name, { takes }]) => [
    name,
    {
      type: takes === 'nothing' ? ('boolean' as const) : ('string' as const),
      multiple: takes === 'many',
    },
  ]);
  try {
    const parsed = parseArgs({
      args: [...args],
      options: Object.fromEntries(declared) as Record<
        string,
        { type: 'boolean' | 'string'; multiple: boolean }
      >,
      allowPositionals: true,
      strict: true,
      tokens: true,
    });
    refuseRepeated(parsed.tokens, options);
    return parsed;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(explain(error, options));
  }
}

/** The last of two values would win, without a word about the first. */
function refuseRepeated(
  tokens: readonly { readonly kind: string; readonly name?: string }[],
  options: Options,
): void {
  const names = tokens.flatMap(({ kind, name = '' }) => (kind === 'option' ? [name] : []));
  const twice = names.find(
    (name, at) => options[name]?.takes === 'one' && names.indexOf(name) < at,
  );
  if (twice !== undefined) throw new UsageError(`--${twice} takes one value and is given twice.`);
}

function explain(error: unknown, options: Options): string {
  const { code, message } = error as { code?: string; message: string };
  const name = /'-{0,2}([\w-]+)/.exec(message)?.[1] ?? '';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const near = Object.keys(options).find((known) => isNear(known, name));
    const hint = near === undefined ? '' : ` Did you mean --${near}?`;
    return `There is no option ${name.length > 1 ? `--${name}` : `-${name}`} here.${hint}`;
  }
  const takes = options[name]?.takes;
  if (takes === 'nothing') return `--${name} takes no value.`;
  return takes === undefined
    ? message
    : `--${name} needs a value. One that begins with a dash is written --${name}=value.`;
}

/** Good enough for a slip of the finger: the same first letter and about the same length. */
function isNear(known: string, typed: string): boolean {
  return known.charAt(0) === typed.charAt(0) && Math.abs(known.length - typed.length) <= 2;
}
