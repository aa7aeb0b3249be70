import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { plainEnvironment } from './npm.ts';

/** A server that was started as its users start it. */
export interface StartedServer {
  /** The first line that it wrote. */
  readonly line: string;
  /** Ends it and waits for the end. */
  readonly stop: () => Promise<void>;
}

/** Starts `npx willcall` in a project; refuses with what it said when it ends without a line. */
export async function startWithNpx(project: string, ...args: string[]): Promise<StartedServer> {
  const child = spawn('npx', ['--no-install', 'willcall', ...args], {
    cwd: project,
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    // npx puts a shell between itself and the server: a group reaches all three.
    detached: true,
  });
  const ended = once(child, 'close');
  const stop = async () => {
    if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await ended;
  };
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const lines = createInterface(child.stdout);
  const first = once(lines, 'line').then(([line]) => String(line));
  const tooEarly = ended.then(() => {
    throw new Error(`npx willcall ended before it was ready. ${said}`);
  });
  // Once the line is there, the end is no news.
  tooEarly.catch(() => undefined);
  return { line: await Promise.race([first, tooEarly]), stop };
}
