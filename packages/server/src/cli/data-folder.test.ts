import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hasDatabase } from './data-folder.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'willcall-folder-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a folder without a database, no folder, and a file in its place have none', () => {
  mkdirSync(path.join(folder, 'empty'));
  writeFileSync(path.join(folder, 'file'), '');
  for (const name of ['empty', 'nowhere', 'file'])
    expect(hasDatabase(path.join(folder, name)), name).toBe(false);
});

// What an account may not enter, it cannot look into either; root may enter everything.
test('a folder that cannot be entered is told, and is not taken for an empty one', () => {
  const loop = path.join(folder, 'loop');
  symlinkSync(loop, loop);
  expect(() => hasDatabase(loop)).toThrow('ELOOP');
});
