import manifest from '../../package.json' with { type: 'json' };
import type { Command } from './command.ts';
import { commands } from './commands.ts';
import { explainError } from './explain-error.ts';
import { UsageError } from './failure.ts';
import { describeCommand, describeCommands } from './help.ts';
import { isOutputLost, print, tell } from './output.ts';

const askForHelp = new Set(['--help', '-h']);

/**
 * Runs what the arguments say and answers with the exit code: 0 when it is done, 2 when the
 * arguments are wrong, 1 when it failed otherwise.
 */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const [first = ''] = args;
  if (args.length === 1 && (first === '--version' || first === '-v'))
    return succeed(manifest.version);
  if (args.length === 1 && (askForHelp.has(first) || first === 'help'))
    return succeed(describeCommands(commands));
  const command = commands.find(({ name }) => isCalled(name, args));
  if (!command) return answerUnknown(args);
  const rest = args.slice(command.name.split(' ').length);
  if (isHelp(rest)) return succeed(describeCommand(command));
  return call(command, rest);
}

async function call(command: Command, rest: readonly string[]): Promise<number> {
  // Databases, keys and settings that a command writes are their owner's alone.
  process.umask(0o077);
  try {
    await command.call(rest);
    return isOutputLost() ? 1 : 0;
  } catch (error) {
    tell(await explainError(error));
    if (!(error instanceof UsageError)) return 1;
    tell(`Run 'willcall ${command.name} --help' for its options.`);
    return 2;
  }
}

/** A group without its verb, or nothing that is known. */
function answerUnknown(args: readonly string[]): number {
  const words = args.filter((word) => !word.startsWith('-'));
  const [first = ''] = words;
  const group = commands.filter(({ name }) => name.startsWith(`${first} `));
  if (first !== '' && group.length > 0) {
    if (isHelp(args)) return succeed(describeCommands(group));
    const names = group.map(({ name }) => name.slice(first.length + 1)).join(', ');
    tell(`Say what to do with ${first}: ${names}.`);
    return 2;
  }
  if (args.length > 0) tell(`There is no command ${JSON.stringify(args[0])}.\n`);
  tell(describeCommands(commands));
  return 2;
}

function isCalled(name: string, args: readonly string[]): boolean {
  return name.split(' ').every((word, index) => args[index] === word);
}

/** Whether help is asked for; what stands after `--` is no option. */
function isHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? args.length : end).some((word) => askForHelp.has(word));
}

function succeed(text: string): number {
  print(text);
  return 0;
}
