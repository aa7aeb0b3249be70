import { spawn } from 'node:child_process';
import { once } from 'node:events';

const signals = ['SIGTERM', 'SIGHUP'] as const;

/** Where a script runs and what it is told. */
export interface ScriptRun {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly output?: 'inherit' | 'ignore';
}

/**
 * Runs a script with Node to its end and answers with its exit code. Who ends us ends the
 * script first, so that no server and no browser stays behind. (Ctrl-C reaches it anyway.)
 */
export async function runScript(
  args: readonly string[],
  { cwd, env = process.env, output = 'inherit' }: ScriptRun,
): Promise<number> {
  const child = spawn(process.execPath, args, { cwd, env, stdio: output });
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  await once(child, 'exit');
  for (const signal of signals) process.off(signal, pass);
  return child.exitCode ?? 1;
}
