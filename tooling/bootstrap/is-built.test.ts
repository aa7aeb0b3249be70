import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint, isBuilt, stampPlace } from './is-built.mjs';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'willcall-built-'));
  await write('tooling/build/bundle.ts', '');
  for (const file of [
    'tsconfig.base.json',
    'package-lock.json',
    'LICENSE',
    'THIRD_PARTY_NOTICES.md',
  ]) {
    await write(file, '');
  }
  await write('packages/contract/package.json', '{}');
  await write('packages/contract/src/index.ts', 'export {};');
  await write('packages/browser/package.json', '{"devDependencies":{"@willcall/contract":"1"}}');
  await write('packages/browser/src/index.ts', 'export {};');
  await write('packages/browser/dist/index.js', '');
  await write(path.relative(root, stampPlace(root, 'browser')), fingerprint(root, 'browser'));
});

afterEach(() => rm(root, { recursive: true }));

test('a package is built until something changes', () => {
  expect(isBuilt(root, 'browser')).toBe(true);
});

test.each([
  ['a source', 'packages/browser/src/index.ts'],
  ['a new source', 'packages/browser/src/new.ts'],
  ['a source of a package that is built in', 'packages/contract/src/index.ts'],
  ['the build', 'tooling/build/bundle.ts'],
  ['what is installed', 'package-lock.json'],
  ['the licence', 'LICENSE'],
])('%s makes a package stale', async (_, file) => {
  await write(file, '// changed');
  expect(isBuilt(root, 'browser')).toBe(false);
});

test.each([
  ['a test', 'packages/browser/src/index.test.ts'],
  ['a test of the whole', 'packages/browser/test/page.test.ts'],
  ['the description', 'packages/browser/README.md'],
  ['the copied licence', 'packages/browser/LICENSE'],
])('%s leaves a package built', async (_, file) => {
  await write(file, '// changed');
  expect(isBuilt(root, 'browser')).toBe(true);
});

test('a package without its files is not built', async () => {
  await rm(path.join(root, 'packages/browser/dist'), { recursive: true });
  expect(isBuilt(root, 'browser')).toBe(false);
});

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), text);
}
