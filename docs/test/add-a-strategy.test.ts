import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Block, blocksOf, root } from './documents.ts';

const steps = blocksOf('CONTRIBUTING.md').filter(({ title }) => title !== undefined);

let copy: string;

beforeEach(async () => {
  copy = await mkdtemp(path.join(tmpdir(), 'willcall-strategy-'));
  for (const name of [
    'package.json',
    'vitest.config.ts',
    'tsconfig.base.json',
    'tooling/test',
    'packages/server',
    'packages/contract',
  ]) {
    await cp(path.join(root, name), path.join(copy, name), { recursive: true, filter: isSource });
  }
  for (const name of ['node_modules', 'packages/server/node_modules']) {
    await symlink(path.join(root, name), path.join(copy, name));
  }
});

afterEach(() => rm(copy, { recursive: true, force: true }));

test('the steps of the text, and nothing else, make the strategy work', async () => {
  expect(steps.map(({ language }) => language)).toEqual(['ts', 'diff', 'diff', 'ts']);
  for (const step of steps) await apply(step);
  expect(await runTests()).toMatch(/Tests\s+1 passed/);
  const types = await checkTypes();
  expect(types).toMatch(/^\/.*\/strategies\/badge\.ts$/m);
  expect(types).not.toMatch(/(badge|strateg\w+)\.(test\.)?ts\(\d+,\d+\): error/);
});

test('without the line in the list the test of the text is red', async () => {
  for (const step of steps.filter(({ language }) => language === 'ts')) await apply(step);
  expect(await runTests()).toMatch(/Tests\s+1 failed/);
});

/** A block with the name of a file is that file; a diff is a change of one place in it. */
async function apply({ language, title = '', text: block }: Block): Promise<void> {
  const file = path.join(copy, title);
  if (language !== 'diff') {
    await mkdir(path.dirname(file), { recursive: true });
    return writeFile(file, block);
  }
  const source = await readFile(file, 'utf8');
  const [before, after] = [side(block, '-'), side(block, '+')];
  expect(source.split(before).length, `${title} has this once: ${before}`).toBe(2);
  return writeFile(
    file,
    source.replace(before, () => after),
  );
}

function side(diff: string, sign: '-' | '+'): string {
  const lines = diff.split('\n').filter((line) => line.startsWith(sign) || line.startsWith(' '));
  return lines.map((line) => line.slice(1)).join('\n');
}

function runTests(): Promise<string> {
  return run('node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', 'badge');
}

/** The files that were checked, and what is wrong with them. */
function checkTypes(): Promise<string> {
  return run('node_modules/typescript/bin/tsc', '-p', 'packages/server', '--noEmit', '--listFiles');
}

/** Runs a tool in the copy; answers what it printed, without colours. */
async function run(script: string, ...args: string[]): Promise<string> {
  const { NODE_OPTIONS, PATH } = process.env;
  const child = spawn(process.execPath, [script, ...args], {
    cwd: copy,
    env: { NODE_OPTIONS, PATH, NO_COLOR: '1', HOME: copy },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return out + err;
}

function isSource(file: string): boolean {
  return !/\/(node_modules|dist)$/.test(file);
}
