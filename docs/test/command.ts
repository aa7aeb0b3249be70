import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { root } from './documents.ts';

/** Starts an `npx willcall …` of a page, from source, in a folder. */
export function startCommand(
  command: string,
  cwd: string,
  input: 'ignore' | 'pipe' = 'ignore',
): ChildProcess {
  const cli = path.join(root, 'packages/server/src/cli.ts');
  const args = command.replace(/^npx willcall /, '').split(' ');
  // The page's port may be in use on this machine, and its log is of no interest.
  const env = { ...process.env, WILLCALL_PORT: '0', WILLCALL_LOG_LEVEL: 'warn' };
  return spawn(process.execPath, ['--conditions=willcall-source', cli, ...args], {
    cwd,
    env,
    stdio: [input, 'pipe', 'inherit'],
  });
}

/** Runs one to its end, which must be a good one; answers what it wrote. */
export async function runCommand(command: string, cwd: string): Promise<string> {
  const child = startCommand(command, cwd);
  const closed = once(child, 'close');
  const output = child.stdout ? await text(child.stdout) : '';
  await closed;
  expect([command, child.exitCode]).toEqual([command, 0]);
  return output;
}

/** The first line of one that serves: it is ready then. */
export async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('The program has no output to read.');
  for await (const line of createInterface({ input: stdout })) {
    stdout.resume();
    return line;
  }
  throw new Error('The server ended before it was ready.');
}
