import { readFile } from 'node:fs/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { describeCommand } from '../../src/cli/help.ts';
import { readArguments } from '../../src/cli/read-arguments.ts';
import { runCommandLine } from '../../src/cli/run.ts';
import { emptyFolder, willcall } from './command.ts';

test('every example of the help and of the README is a call that its command takes', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const lines = readme.match(/^(npx @willcall\/server|willcall) .*$/gm) ?? [];
  expect(lines.length).toBeGreaterThan(6);
  for (const line of [...commands.flatMap(({ examples }) => examples), ...lines]) {
    const [, ...words] = line
      .replace('npx @willcall/server', 'willcall')
      .replace(/ [<|] .*/, '')
      .split(' ');
    const command = commands.find(({ name }) => words.join(' ').startsWith(name));
    if (!command) throw new Error(`there is no command for ${line}`);
    const rest = words.slice(command.name.split(' ').length);
    expect(() => readArguments(command, rest), line).not.toThrow();
  }
});

describe('help', () => {
  test('names every command, and exits with 0', async () => {
    const { code, stdout, stderr } = await willcall(['--help'], { folder: await emptyFolder() });
    expect([code, stderr]).toEqual([0, '']);
    expect(commands.length).toBeGreaterThan(10);
    for (const { name, summary } of commands)
      expect(stdout).toMatch(new RegExp(`^ {2}${name} +${summary}$`, 'm'));
  });

  test.each(commands.map((command) => [command.name, command] as const))(
    'of %s has a way to call it, its options and an example',
    (name, command) => {
      const help = describeCommand(command);
      expect(help).toContain(`willcall ${name}`);
      expect(command.examples.length).toBeGreaterThan(0);
      for (const example of command.examples) expect(help).toContain(`  ${example}`);
      for (const option of Object.keys(command.options)) expect(help).toContain(`--${option}`);
    },
  );

  test('is printed by a command and by a group, instead of doing anything', async () => {
    const folder = await emptyFolder();
    const one = await willcall(['keys', 'create', '--help'], { folder });
    expect([one.code, one.stderr]).toEqual([0, '']);
    expect(one.stdout).toContain('willcall keys create --name shop');
    const group = await willcall(['keys', '-h'], { folder });
    expect(group.code).toBe(0);
    expect(group.stdout).toContain('keys rotate');
    expect(group.stdout).not.toContain('tokens create');
  });

  test('the version is that of the package', async () => {
    const { code, stdout } = await willcall(['--version'], { folder: await emptyFolder() });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

test.each([
  [[], 'willcall <command> [options]'],
  [['strat'], 'There is no command "strat".'],
  [['keys'], 'Say what to do with keys: create, list, revoke, rotate.'],
  [['keys', 'crate'], 'Say what to do with keys'],
  [['dev', '--prot', '0'], 'There is no option --prot here. Did you mean --port?'],
  [['dev', '-p', '0'], 'There is no option -p here.'],
  [['dev', '--port'], '--port needs a value.'],
  [['dev', '--port', 'high'], '--port is a whole number from 0 to 65535.'],
  [['dev', '--port', '65536'], '--port is a whole number from 0 to 65535.'],
  [['dev', '--json=yes'], '--json takes no value.'],
  [['dev', '--data='], '--data is given without a value.'],
  [['dev', 'now'], '"now" is one word too many here.'],
  [['dev', '--ephemeral', '--data', 'x'], '--ephemeral keeps nothing'],
  [['backup', '-'], 'willcall export -.'],
  [['keys', 'create', '--name', 'x'.repeat(101)], '--name has 1 to 100 characters'],
  [['keys', 'create', '--name', 'shop\nother'], '--name has 1 to 100 characters'],
  [['keys', 'create', '--name', 'shop\u202e'], '--name has 1 to 100 characters'],
  [['keys', 'revoke'], 'The id is missing.'],
  [['keys', 'revoke', 'a', 'b'], '"b" is one word too many here.'],
  [['users', 'create'], 'Say whose account it is'],
  [['users', 'list', '--limit', '0'], '--limit is a whole number from 1 to 500.'],
  [['users', 'list', '--api-url', 'localhost:4000'], '--api-url is an http or https address.'],
  [['tokens', 'create'], 'Say who shall be signed in'],
  [
    ['tokens', 'create', '--email', 'a@example.com', '--expires', 'soon'],
    '--expires is a time such as 30s',
  ],
  [
    ['tokens', 'create', '--email', 'a@example.com', '--email', 'b@example.com'],
    '--email takes one value and is given twice.',
  ],
  [['dev', '--port=1', '--port', '2'], '--port takes one value and is given twice.'],
  [['init'], 'Say --production.'],
])(
  'wrong usage %j has the exit code 2 and a sentence, and does nothing',
  async (args, sentence) => {
    const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    onTestFinished(() => void vi.restoreAllMocks());
    expect(await runCommandLine(args)).toBe(2);
    expect(stdout).not.toHaveBeenCalled();
    const told = stderr.mock.calls.map(([text]) => text).join('');
    expect(told).toContain(sentence);
    expect(told).not.toContain('    at ');
  },
);

test('wrong usage ends the process with 2, and writes to the error output alone', async () => {
  const { code, stdout, stderr } = await willcall(['dev', '--prot', '0'], {
    folder: await emptyFolder(),
  });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toBe(
    "There is no option --prot here. Did you mean --port?\nRun 'willcall dev --help' for its options.\n",
  );
});
