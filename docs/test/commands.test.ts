import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { blockWith, commandsOf, documents, root } from './documents.ts';
import { stop } from '../../tooling/development-server.ts';

/**
 * Every command that a document tells its reader to type, and where it is run: here, or by
 * the file that is named. A command that is not in this list fails the first test.
 */
const proofs: Readonly<Record<string, (() => Promise<void>) | string>> = {
  'npm start': startTells,
  'npm start -- --json --ephemeral --port 0': startTellsPrograms,
  'npm test': '.ci/run',
  'npm test -- unit redeem': filteredTestsPass,
  'npm test -- unit badge': 'docs/test/add-a-strategy.test.ts',
  'git clone https://github.com/willcall/willcall': cloneHasWhatIsNeeded,
  'cd willcall': cloneHasWhatIsNeeded,
  'npm install @clerk/react @clerk/clerk-js @clerk/ui': 'conformance/package.json',
};

/** Tested where they are written, or one after the other as their page tells it. */
const elsewhere = [
  'docs/reference/',
  'docs/guides/production.md',
  'docs/guides/backup-and-restore.md',
  'docs/guides/moving-data.md',
];

test('every command is run somewhere', () => {
  const told = documents
    .filter((document) => !elsewhere.some((other) => document.startsWith(other)))
    .flatMap(commandsOf);
  expect(new Set(told)).toEqual(new Set(Object.keys(proofs)));
  const files = Object.values(proofs).filter((proof) => typeof proof === 'string');
  expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

test('every npm command of a table is a script of the project', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const told = documents.flatMap((document) =>
    [...readFileSync(path.join(root, document), 'utf8').matchAll(/`npm (?:run )?([a-z:]+)/g)].map(
      ([, name]) => name,
    ),
  );
  expect(told.length).toBeGreaterThan(6);
  expect(
    told.filter((name) => name !== 'install' && !(name !== undefined && name in scripts)),
  ).toEqual([]);
});

const here = Object.entries(proofs).flatMap(([command, proof]) =>
  typeof proof === 'string' ? [] : [[command, proof] as const],
);

test.each(here)('%s does what is said of it', { timeout: 180_000 }, (_, proof) => proof());

test(
  'in a folder of a clone that is built, npx finds the command',
  { timeout: 180_000 },
  async () => {
    const build = npm('run', 'build');
    await once(build, 'exit');
    expect(build.exitCode).toBe(0);
    const child = spawn('npx', ['willcall', '--version'], {
      cwd: path.join(root, 'docs'),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const { version } = JSON.parse(
      readFileSync(path.join(root, 'packages/server/package.json'), 'utf8'),
    ) as { version: string };
    expect((await text(child.stdout)).trim()).toBe(version);
  },
);

/** From this repository instead of the published one: what a clone needs is in the history. */
async function cloneHasWhatIsNeeded(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-clone-'));
  try {
    const child = spawn(
      'git',
      ['clone', '--quiet', '--depth', '1', pathToFileURL(root).href, 'willcall'],
      { cwd: folder },
    );
    await once(child, 'exit');
    const names = [
      'package.json',
      'package-lock.json',
      'tooling/bootstrap.mjs',
      'packages/server/test/redeem.test.ts',
    ];
    expect(names.filter((name) => !existsSync(path.join(folder, 'willcall', name)))).toEqual([]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the README shows is what the start says, addresses and secrets aside. */
async function startTells(): Promise<void> {
  const shown = blockWith('README.md', 'Willcall is ready.');
  const pattern = shown
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) =>
      RegExp.escape(line.replaceAll('4000', '0000'))
        .replaceAll('0000', String.raw`\d+`)
        .replaceAll('…', String.raw`[\w$-]+`),
    )
    .join(String.raw`\s+`);
  const child = npm('start', '--', '--ephemeral', '--port', '0');
  try {
    expect(await printedUntil(child, 'Ctrl-C')).toMatch(new RegExp(pattern));
  } finally {
    await stop(child);
  }
}

async function startTellsPrograms(): Promise<void> {
  const child = npm('start', '--', '--json', '--ephemeral', '--port', '0');
  try {
    const told = JSON.parse(await printedUntil(child, '{')) as Record<string, string>;
    const [line = ''] = readFileSync(path.join(root, 'docs/guides/testing.md'), 'utf8')
      .split('\n')
      .filter((each) => each.includes('one line of JSON'));
    const names = [...line.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(Object.keys(told)).toEqual(names);
    expect((await fetch(`${told['url']}/health/ready`)).status).toBe(200);
  } finally {
    await stop(child);
  }
}

async function filteredTestsPass(): Promise<void> {
  const child = npm('test', '--', 'unit', 'redeem');
  const output = child.stdout === null ? '' : await text(child.stdout);
  expect(output.trim().split('\n').at(-1)).toMatch(/^[1-9]\d* passed, 0 failed$/);
}

function npm(...args: string[]): ChildProcess {
  // A test run within this one must not take itself for a part of it.
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|NODE_ENV|TEST$|npm_)/.test(name),
  );
  const report = { WILLCALL_TEST_REPORT: '' };
  return spawn('npm', args, {
    cwd: root,
    env: { ...Object.fromEntries(own), ...report },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function printedUntil({ stdout }: ChildProcess, mark: string): Promise<string> {
  if (!stdout) throw new Error('The program has no output to read.');
  const lines: string[] = [];
  for await (const line of createInterface({ input: stdout })) {
    // npm itself says first which script it runs.
    if (!line.startsWith('>')) lines.push(line);
    if (line.includes(mark)) break;
  }
  stdout.resume();
  return lines.join('\n').trim();
}
