import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/** A Chromium on this machine, and what it brought with it in case the machine lacks it. */
export interface FoundChromium {
  readonly executable: string;
  /** A folder with the shared libraries that a bare machine has not. */
  readonly libraries?: string;
  /** A folder with a font and its configuration. */
  readonly fonts?: string;
}

const here = import.meta.dirname;
const packageFolder = path.join(here, 'node_modules/@sparticuz/chromium');

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
];

/**
 * Finds the Chromium of the tests: the one that `WILLCALL_TEST_CHROMIUM` names, else the
 * one from npm (Linux on x64), else an installed one. Refuses with a sentence that says
 * what to install.
 */
export async function findChromium(): Promise<FoundChromium> {
  const named = process.env['WILLCALL_TEST_CHROMIUM'];
  if (named) return { executable: named };
  if (process.platform === 'linux' && process.arch === 'x64' && existsSync(packageFolder)) {
    return unpacked();
  }
  const executable = installed.find((candidate) => existsSync(candidate));
  if (executable) return { executable };
  throw new Error(
    'The tests need Chromium. Install it, or name its executable in WILLCALL_TEST_CHROMIUM.',
  );
}

async function unpacked(): Promise<FoundChromium> {
  const manifest = await readFile(path.join(packageFolder, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const folder = path.join(here, '.build', version);
  if (!existsSync(folder)) await unpack(folder);
  return {
    executable: path.join(folder, 'chromium'),
    libraries: path.join(folder, 'al2023/lib'),
    fonts: path.join(folder, 'fonts'),
  };
}

async function unpack(folder: string): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(`${folder}-`);
  await promisify(execFile)(process.execPath, [path.join(here, 'unpack.ts')], {
    // The second setting makes the library unpack its shared libraries as well.
    env: { ...process.env, TMPDIR: unfinished, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
  });
  // Two processes may unpack at once; the first to finish gives the folder its name.
  await rename(unfinished, folder).catch(async (error: unknown) => {
    if (!existsSync(folder)) throw error;
    await rm(unfinished, { recursive: true, force: true });
  });
}
