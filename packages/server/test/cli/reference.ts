import type { Command } from '../../src/cli/command.ts';
import { optionUsage, usageLine } from '../../src/cli/help.ts';

/** The part of a JSON Schema that the reference shows. */
export interface SettingsSchema {
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly additionalProperties: boolean;
}

interface PropertySchema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: { readonly type?: string };
}

/** The page of all commands. */
export function writeCommandLine(commands: readonly Command[]): string {
  const list = commands.map(
    ({ name, summary }) => `| [\`${name}\`](#willcall-${name.replaceAll(' ', '-')}) | ${summary} |`,
  );
  return [
    '# Command line',
    '',
    'Generated from the declarations of the commands in `packages/server/src/cli`.',
    '',
    'Results go to the standard output, explanations and logs to the error output. The exit code is 0 when it is done, ' +
      '2 when the arguments are wrong, and 1 when it failed otherwise. `--help` after a command shows its options. ' +
      'Node itself looks whether the file of `--env-file` is there: where it cannot be read, `node: willcall.env: not found` and the exit code 9 come from Node.',
    '',
    '| command | what it does |',
    '| --- | --- |',
    ...list,
    '',
    ...commands.flatMap(writeCommand),
  ].join('\n');
}

function writeCommand(command: Command): string[] {
  const rows = Object.entries(command.options).map(
    ([name, option]) => `| \`${optionUsage(name, option)}\` | ${prose(option.description)} |`,
  );
  return [
    `## \`willcall ${command.name}\``,
    '',
    `\`${usageLine(command)}\``,
    '',
    prose([command.summary, command.details].filter(Boolean).join(' ')),
    '',
    ...(rows.length > 0 ? ['| option | meaning |', '| --- | --- |', ...rows, ''] : []),
    '```sh',
    ...command.examples,
    '```',
    '',
  ];
}

/** What looks like a tag is none. */
function prose(text: string): string {
  return text.replaceAll('<', '\\<');
}

/** The page of the configuration file and the environment. */
export function writeConfiguration(
  schema: SettingsSchema,
  environment: readonly { readonly name: string; readonly description: string }[],
): string {
  const settings = Object.entries(schema.properties).filter(([name]) => name !== '$schema');
  return [
    '# Configuration',
    '',
    'Generated from the declarations in `packages/server/src/settings-file.ts` and `packages/server/src/config.ts`.',
    '',
    '## `willcall.config.json`',
    '',
    'The settings of an instance. The start applies the file of the working directory, or the one that `--config` ' +
      'names, where it gives other settings than the file that was applied last: what `PATCH /v1/instance` changed holds ' +
      'until then. `willcall config apply` gives it to a running server whole, changed or not, and ' +
      '`willcall config check` tells what is wrong with it. ' +
      'A setting that is not known is refused. Editors complete and check the file with ' +
      '[`willcall.schema.json`](../../packages/server/willcall.schema.json).',
    '',
    '| setting | value | default | meaning |',
    '| --- | --- | --- | --- |',
    ...settings.map(writeSetting),
    '',
    '## Environment',
    '',
    'The settings of one process, and its secrets. Options of a command count more; an empty variable counts as not set.',
    '',
    '| variable | meaning |',
    '| --- | --- |',
    ...environment.map(({ name, description }) => `| \`${name}\` | ${prose(description)} |`),
    '',
  ].join('\n');
}

function writeSetting([name, property]: [string, PropertySchema]): string {
  const { default: preset, description = '' } = property;
  const shown = preset === undefined ? 'none' : `\`${JSON.stringify(preset)}\``;
  return `| \`${name}\` | ${kindOf(property)} | ${shown} | ${prose(description)} |`;
}

function kindOf({ type, format, enum: choices, minimum, maximum, items }: PropertySchema): string {
  if (choices) return choices.map((choice) => `\`"${choice}"\``).join(' or ');
  if (type === 'integer') return `${minimum ?? ''} to ${maximum ?? ''}`;
  if (type === 'boolean') return '`true` or `false`';
  if (type === 'array') return items?.type === 'object' ? 'list of objects' : 'list of origins';
  if (format === 'uri') return 'address';
  return format === 'email' ? 'e-mail address' : 'text';
}

/** The JSON Schema as a file, short lists on one line as the formatter of this repository writes them. */
export function writeSchema(schema: object): string {
  const text = JSON.stringify(schema, undefined, 2);
  return `${text.replaceAll(/\[\s+("[^[\]{}]*")\s+\]/g, (_, items: string) => `[${items.replaceAll(/\s+/g, ' ')}]`)}\n`;
}
