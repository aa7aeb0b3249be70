import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { FolderHeld } from '../../src/domain/store.ts';
import { type FolderUse, holdFolder } from '../../src/store/folder-hold.ts';
import { emptyFolder, startDevelopment, startWillcall, willcall } from './command.ts';

const serving = ['serve', '--port', '0', '--env-file', 'willcall.env'];

test('a second development server is refused, told why, and changes nothing for the first', async () => {
  const folder = await emptyFolder();
  const { ready } = await startDevelopment({ folder });
  const secrets = path.join(folder, '.willcall/development.json');
  const before = await readFile(secrets, 'utf8');
  const second = await willcall(['dev', '--port', '0'], { folder });
  expect([second.code, second.stdout]).toEqual([1, '']);
  expect(second.stderr).toBe(
    'Another Willcall works on .willcall: one process serves a data folder. Stop that one first, or name ' +
      'another folder with --data. Many nodes for one instance need PostgreSQL: DATABASE_URL.\n',
  );
  expect(await readFile(secrets, 'utf8')).toBe(before);
  expect((await fetch(`${ready.url}/health/ready`)).status).toBe(200);
});

test('so is a second production server, until the first one ends', async () => {
  const folder = await emptyFolder();
  await willcall(['init', '--production', '--public-url', 'https://auth.example.com'], { folder });
  const first = await startWillcall(serving, { folder });
  const second = await willcall(serving, { folder });
  expect([second.code, second.stdout]).toEqual([1, '']);
  expect(second.stderr).toContain('one process serves a data folder');
  await first.stop();
  expect((await startWillcall(serving, { folder })).firstLine).toContain('Willcall serves');
});

test('a server that was killed leaves nothing that keeps the next one out', async () => {
  const folder = await emptyFolder();
  const program = `
    const { holdFolder } = await import(process.argv[1]);
    holdFolder(process.argv[2], 'serve');
    process.stdout.write('held');
    setInterval(() => {}, 1000);`;
  const source = pathToFileURL(path.join(import.meta.dirname, '../../src/store/folder-hold.ts'));
  const flags = ['--conditions=willcall-source', '--input-type=module', '-e', program];
  const child = spawn(process.execPath, [...flags, source.href, folder], { stdio: 'pipe' });
  await once(child.stdout, 'data');
  expect(() => holdFolder(folder, 'serve')).toThrow(FolderHeld);
  child.kill('SIGKILL');
  await once(child, 'close');
  holdFolder(folder, 'serve').release();
  expect(await readdir(folder)).toEqual(['willcall.lock']);
});

test.each<[FolderUse, FolderUse, boolean]>([
  ['serve', 'serve', false],
  ['serve', 'beside', true],
  ['serve', 'replace', false],
  ['beside', 'serve', true],
  ['beside', 'beside', true],
  ['beside', 'replace', false],
  ['replace', 'serve', false],
  ['replace', 'beside', false],
  ['replace', 'replace', false],
])('while one process has a folder to %s, another to %s: %s', async (first, second, isAllowed) => {
  const folder = await emptyFolder();
  const hold = holdFolder(folder, first);
  expect(tryToHold()).toBe(isAllowed);
  hold.release();
  holdFolder(folder, second).release();

  function tryToHold(): boolean {
    try {
      holdFolder(folder, second).release();
      return true;
    } catch (error) {
      if (error instanceof FolderHeld) return false;
      throw error;
    }
  }
});
