import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The TypeScript blocks of a Markdown file, in their order. */
export async function readSnippets(file: URL): Promise<string[]> {
  const text = await readFile(file, 'utf8');
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
}

/** What a program printed. */
export interface Printed {
  readonly code: number | null;
  readonly output: string;
}

/** Where a program runs, and with what. */
export interface SnippetOptions {
  readonly args?: readonly string[];
  /** The folder that relative imports start from. Default: this package. */
  readonly folder?: URL;
}

/** Runs TypeScript as a file of a folder would run, and waits for its end. */
export async function runSnippet(
  snippet: string,
  env: Record<string, string>,
  options: SnippetOptions = {},
): Promise<Printed> {
  const child = startSnippet(snippet, env, options);
  let output = '';
  child.stdout?.on('data', (chunk) => (output += String(chunk)));
  child.stderr?.on('data', (chunk) => (output += String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}

/** Starts TypeScript that goes on running, such as a server. The caller ends it. */
export function startSnippet(
  snippet: string,
  env: Record<string, string>,
  { args = [], folder = new URL('..', import.meta.url) }: SnippetOptions = {},
): ChildProcess {
  const options = ['--conditions=willcall-source', '--input-type=module-typescript', '-', ...args];
  const child = spawn(process.execPath, options, {
    cwd: fileURLToPath(folder),
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin?.end(snippet);
  return child;
}
