import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A server that answers, as its one line of JSON tells it. */
export interface RunningServer {
  readonly url: string;
  readonly publishable_key: string;
  readonly secret_key: string;
  readonly demo_user_id: string;
  readonly sign_in_link: string;
  /** Ends the process; what it kept is gone. */
  stop(): Promise<void>;
}

export interface ServerStart {
  /** Default: a free one. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** What its `willcall.config.json` says. */
  readonly settings?: object;
}

const command = fileURLToPath(new URL('../packages/server/src/cli.ts', import.meta.url));

/** Starts a development server from source, with an empty database that ends with it, and waits until it is ready. */
export async function startServer(start: ServerStart = {}): Promise<RunningServer> {
  const { port = 0, env = {}, settings = {} } = start;
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-settings-'));
  const config = path.join(folder, 'willcall.config.json');
  try {
    await writeFile(config, JSON.stringify(settings));
    const options = ['--ephemeral', '--port', String(port), '--config', config];
    const child = spawn(
      process.execPath,
      ['--conditions=willcall-source', command, 'dev', '--json', ...options],
      { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ready = JSON.parse(await firstLine(child)) as Omit<RunningServer, 'stop'>;
    return { ...ready, stop: () => stop(child) };
  } finally {
    // The file is read at the start, and not needed any more.
    await rm(folder, { recursive: true });
  }
}

/** Ends a process in good order and waits for it. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The server has no output to read.');
  for await (const line of createInterface({ input: child.stdout })) {
    // What comes later must not fill the pipe and stop the server.
    child.stdout.resume();
    return line;
  }
  throw new Error(`The server ended before it was ready, with code ${child.exitCode}.`);
}
