import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

/** The repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** A program that goes on running until it is stopped. */
export interface RunningProcess {
  /** What it printed when it was ready: the first match of `isReady`. */
  readonly ready: RegExpExecArray;
  /** Ends it and waits until it has ended. */
  stop(): Promise<void>;
  /** The same without a warning, as when the power fails. */
  kill(): Promise<void>;
}

export interface ProcessOptions {
  readonly cwd?: string;
  /** In place of this process's own variables of the same name. */
  readonly env?: Readonly<Record<string, string>>;
  /** What its output says once it can be used. */
  readonly isReady: RegExp;
}

/** Starts a Node program and waits until its output says that it is ready. */
export async function startProcess(
  args: readonly string[],
  { cwd = root, env = {}, isReady }: ProcessOptions,
): Promise<RunningProcess> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ready = await waitForOutput(child, args, isReady);
  return { ready, stop: () => end(child, 'SIGTERM'), kill: () => end(child, 'SIGKILL') };
}

/** Runs a Node program to its end and answers what it printed. Throws when it fails. */
export async function runProcess(
  args: readonly string[],
  { cwd = root, env = {} }: Omit<ProcessOptions, 'isReady'> = {},
): Promise<string> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let complaint = '';
  child.stdout.on('data', (chunk) => (printed += String(chunk)));
  child.stderr.on('data', (chunk) => (complaint += String(chunk)));
  await once(child, 'close');
  if (child.exitCode === 0) return printed;
  throw new Error(`${args.join(' ')} ended with ${child.exitCode}.\n${printed}${complaint}`);
}

function waitForOutput(
  child: ChildProcess,
  args: readonly string[],
  isReady: RegExp,
): Promise<RegExpExecArray> {
  let output = '';
  return new Promise((resolve, reject) => {
    // Read on after that: a full pipe would stop the program.
    const read = (chunk: unknown) => {
      output += stripVTControlCharacters(String(chunk));
      const ready = isReady.exec(output);
      if (ready) resolve(ready);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('close', (code) =>
      reject(new Error(`${args.join(' ')} ended with ${code} before it was ready.\n${output}`)),
    );
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}
