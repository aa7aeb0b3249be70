import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFile } from './new-file.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'willcall-new-file-'));
  file = path.join(folder, 'backup.db');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const fillWith = (text: string) => (draft: string) => writeFile(draft, text);

test('a file is whole, of its owner, and alone in its folder', async () => {
  await makeFile(file, fillWith('all of it'));
  expect(await readFile(file, 'utf8')).toBe('all of it');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['backup.db']);
});

test('nobody else may read it while it is written', async () => {
  await chmod(folder, 0o755);
  await makeFile(file, async (draft) => {
    await writeFile(draft, 'half');
    const inside = await stat(path.dirname(draft));
    expect(inside.mode & 0o077).toBe(0);
  });
});

test('an attempt that fails leaves nothing, nor what SQLite put beside it', async () => {
  const failing = makeFile(file, async (draft) => {
    for (const part of ['', '-journal', '-wal', '-shm']) await writeFile(`${draft}${part}`, 'half');
    throw new TypeError('the disk is full');
  });
  await expect(failing).rejects.toThrow(TypeError);
  expect(await readdir(folder)).toEqual([]);
});

test('an attempt that was killed is not in the way of the next, which clears it away', async () => {
  const module = new URL('new-file.ts', import.meta.url).href;
  const killed = `
    import { writeFileSync } from 'node:fs';
    import { makeFile } from ${JSON.stringify(module)};
    await makeFile(${JSON.stringify(file)}, async (draft) => {
      for (const part of ['', '-journal']) writeFileSync(draft + part, 'half');
      process.kill(process.pid, 'SIGKILL');
    });`;
  const args = ['--conditions=willcall-source', '--input-type=module', '--eval', killed];
  const [, signal] = (await once(spawn(process.execPath, args), 'close')) as [null, string];
  expect(signal).toBe('SIGKILL');
  expect(await readdir(folder)).not.toEqual([]);
  await makeFile(file, fillWith('all of it'));
  expect(await readdir(folder)).toEqual(['backup.db']);
  expect(await readFile(file, 'utf8')).toBe('all of it');
});

test('of several at once one makes the file, and the others say that it is there', async () => {
  const attempts = ['first', 'second', 'third'].map((text) =>
    makeFile(file, async (draft) => {
      await writeFile(draft, `half of the ${text}`);
      await pause(50);
      await writeFile(draft, `all of the ${text}`);
    }),
  );
  const outcomes = await Promise.allSettled(attempts);
  const failed = outcomes.filter((each) => each.status === 'rejected');
  expect(failed.map(({ reason }) => (reason as { code?: unknown }).code)).toEqual([
    'EEXIST',
    'EEXIST',
  ]);
  expect(await readFile(file, 'utf8')).toMatch(/^all of the \w+$/);
  expect(await readdir(folder)).toEqual(['backup.db']);
});

test.each(['before it begins', 'while it is written'])(
  'a file that is there %s stays as it is',
  async (when) => {
    if (when === 'before it begins') await writeFile(file, 'mine');
    const refused = makeFile(file, async (draft) => {
      await writeFile(draft, 'another');
      await writeFile(file, 'mine');
    });
    await expect(refused).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await readFile(file, 'utf8')).toBe('mine');
    expect(await readdir(folder)).toEqual(['backup.db']);
  },
);
