import type { Command, Options } from './command.ts';

/** The list of commands: all of them, or those of one group such as `keys`. */
export function describeCommands(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'willcall <command> [options]',
    '',
    ...lines,
    '',
    "Run 'willcall <command> --help' for its options and an example.",
  ].join('\n');
}

/** The whole help of one command. */
export function describeCommand(command: Command): string {
  const { options, summary, details, examples } = command;
  const sections = [
    usageLine(command),
    '',
    summary,
    ...(details === '' ? [] : ['', wrap(details, 88)]),
  ];
  if (Object.keys(options).length > 0) sections.push('', 'Options', ...optionLines(options));
  sections.push(
    '',
    examples.length > 1 ? 'Examples' : 'Example',
    ...examples.map((example) => `  ${example}`),
  );
  return sections.join('\n');
}

/** How the command is called: `willcall keys revoke <id> [options]`. */
export function usageLine({ name, operand, options }: Command): string {
  const rest = Object.keys(options).length > 0 ? ['[options]'] : [];
  return ['willcall', name, ...(operand === undefined ? [] : [`<${operand}>`]), ...rest].join(' ');
}

/** An option as it is typed: `--port <number>`. */
export function optionUsage(name: string, { placeholder, takes }: Options[string]): string {
  const value = placeholder === undefined ? '' : ` <${placeholder}>`;
  return `--${name}${value}${takes === 'many' ? ' …' : ''}`;
}

function optionLines(options: Options): string[] {
  const rows = Object.entries(options).map(
    ([name, option]) => [optionUsage(name, option), option.description] as const,
  );
  const width = Math.max(...rows.map(([usage]) => usage.length));
  return rows.map(([usage, description]) => {
    const indent = ' '.repeat(width + 4);
    return `  ${usage.padEnd(width)}  ${wrap(description, 96 - width).replaceAll('\n', `\n${indent}`)}`;
  });
}

function wrap(text: string, width: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}
