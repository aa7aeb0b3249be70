import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { endWithProcess } from '../../../../tooling/end-with-process.ts';

const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
const command = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

export interface Surroundings {
  /** The working directory. */
  readonly folder: string;
  /** Variables beside `PATH` and `NODE_COMPILE_CACHE`; nothing else is passed on. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Where the standard output goes. Default: into the outcome. */
  readonly stdout?: number;
}

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that goes on, after its first line on the standard output. */
export interface Running {
  readonly firstLine: string;
  readonly pid: number;
  /** What it wrote since its start. */
  readonly written: () => Pick<Outcome, 'stdout' | 'stderr'>;
  /** Ends it with a signal and answers with its exit code. */
  readonly stop: (signal?: 'SIGTERM' | 'SIGINT') => Promise<number | null>;
}

/** Runs `willcall` from its source to its end. */
export async function willcall(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<Outcome> {
  const child = start(args, surroundings);
  const written = collect(child);
  child.stdin?.end(surroundings.input ?? '');
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...written() };
}

/** Starts a `willcall` that serves, and waits until it says so. It ends with the test at the latest. */
export async function startWillcall(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<Running> {
  const running = await startShared(args, surroundings);
  onTestFinished(() => void running.stop());
  return running;
}

/** The same for all tests of a file: whoever starts it stops it. */
export async function startShared(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<Running> {
  const child = start(args, surroundings);
  child.stdin?.end();
  const written = collect(child);
  const stop = async (signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) {
      const closed = once(child, 'close');
      child.kill(signal);
      await closed;
    }
    return child.exitCode;
  };
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => written().stdout.includes('\n') && resolve());
    child.once('close', () =>
      reject(new Error(`it ended before it was ready: ${written().stderr}`)),
    );
  });
  const [firstLine = ''] = written().stdout.split('\n');
  return { firstLine, pid: child.pid ?? 0, written, stop };
}

/** What a development start says in one line. */
export interface ReadyLine {
  readonly url: string;
  readonly publishable_key: string;
  readonly secret_key: string;
  readonly sign_in_url: string;
  readonly demo_user_id: string;
  readonly sign_in_link: string;
}

/** Starts `willcall dev --json` on a free port. */
export async function startDevelopment(
  surroundings: Surroundings,
  args: readonly string[] = [],
): Promise<Running & { readonly ready: ReadyLine }> {
  const running = await startWillcall(['dev', '--json', '--port', '0', ...args], surroundings);
  return { ...running, ready: JSON.parse(running.firstLine) as ReadyLine };
}

/** An empty working directory, gone after the test. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function start(args: readonly string[], { folder, env, stdout }: Surroundings): ChildProcess {
  const child = spawn(process.execPath, ['--conditions=willcall-source', command, ...args], {
    cwd: folder,
    env: { PATH, NODE_COMPILE_CACHE, ...env },
    stdio: ['pipe', stdout ?? 'pipe', 'pipe'],
  });
  // A test that gave up waiting leaves no server behind.
  endWithProcess(child);
  return child;
}

function collect(child: ChildProcess): () => { stdout: string; stderr: string } {
  const written = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (written.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (written.stderr += text));
  return () => ({ ...written });
}
