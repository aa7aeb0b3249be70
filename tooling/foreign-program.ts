import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { endWithProcess } from './end-with-process.ts';

/** A program that runs until it is stopped. */
export interface ForeignProgram {
  stop(): Promise<void>;
}

/** Where a program is installed that comes with no package of ours; `undefined` where it is not. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin'];
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

/**
 * Starts one, and waits until its log says these words. It ends with this process. Throws, with
 * what it said, when it ends before.
 */
export async function startProgram(
  program: string,
  args: readonly string[],
  isUp: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ForeignProgram> {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  endWithProcess(child, 'SIGKILL');
  await untilUp(child, isUp);
  return {
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function untilUp(child: ChildProcess, isUp: string): Promise<void> {
  let said = '';
  for await (const chunk of child.stderr?.iterator({ destroyOnReturn: false }) ?? []) {
    said += String(chunk);
    if (said.includes(isUp)) break;
  }
  child.stderr?.resume();
  if (!said.includes(isUp)) throw new Error(`${child.spawnfile} does not start:\n${said}`);
}
