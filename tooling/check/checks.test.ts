import { cp, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { checks } from './checks.ts';
import { isGood } from './outcome.ts';
import { planted } from './planted.ts';

const fixtures = path.join(import.meta.dirname, 'fixtures');
const folders: string[] = [];

beforeEach(() => {
  vi.stubEnv('CI', '1');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

describe.each(Object.entries(checks))('%s', (name, check) => {
  test('is red when there is nothing to look at', async () => {
    const outcome = await check(await emptyFolder()).catch(() => undefined);
    expect(outcome !== undefined && isGood(outcome)).toBe(false);
  });

  test('is green where nothing is wrong', async () => {
    const outcome = await check(await lay(`${name}/good`));
    expect(outcome.problems).toEqual([]);
    expect(isGood(outcome)).toBe(true);
  });

  test('has an expected sentence for each planted violation, and at least one', async () => {
    const present = (await readdir(path.join(fixtures, name))).filter((each) => each !== 'good');
    expect(Object.keys(planted[name] ?? {}).toSorted()).toEqual(present.toSorted());
    expect(present.length).toBeGreaterThan(0);
  });

  test.each(Object.entries(planted[name] ?? {}))('is red for %s', async (violation, sentence) => {
    const root = await lay(`${name}/good`, `${name}/${violation}`);
    const outcome = await check(root).catch((error: unknown) => ({ problems: [String(error)] }));
    expect(outcome).toMatchObject({
      problems: expect.arrayContaining([expect.stringContaining(sentence)]),
    });
  });
});

/** A folder with the files of the fixtures laid over each other, outside of the repository. */
async function lay(...names: string[]): Promise<string> {
  const root = await emptyFolder();
  for (const name of names) await cp(path.join(fixtures, name), root, { recursive: true });
  await install(root);
  return root;
}

/** `installed` stands for node_modules, which git leaves out. */
async function install(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const place = path.join(folder, entry.name);
    await install(place);
    if (entry.name === 'installed') await rename(place, path.join(folder, 'node_modules'));
  }
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-check-'));
  folders.push(folder);
  return folder;
}
