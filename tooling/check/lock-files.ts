import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { placeSeenFrom, readLock, type Lock } from './licences/lock.ts';
import { repositoryFiles } from './source-files.ts';
import type { Manifest } from '../build/packages.ts';
import type { Outcome } from './outcome.ts';

/** A place that is no workspace has a lock file of its own. */
const workspaces = /^(|(packages|examples)\/[^/]+)$/;

/**
 * Whether `npm ci` can install in a fresh clone: each dependency of each package.json is an
 * exact version, and the lock file has it. npm drops an optional package that it cannot
 * find without a word, and then refuses the lock file.
 */
export async function checkLockFiles(root: string): Promise<Outcome> {
  const files = await repositoryFiles(root);
  const manifests = files.filter((file) => path.basename(file) === 'package.json');
  const problems: string[] = [];
  let count = 0;
  for (const file of manifests) {
    const folder = path.posix.dirname(file).replace(/^\.$/, '');
    const isWorkspace = workspaces.test(folder);
    const lockFile = isWorkspace ? 'package-lock.json' : `${folder}/package-lock.json`;
    if (!files.includes(lockFile)) {
      problems.push(`${file}: lies below no package-lock.json.`);
      continue;
    }
    const lock = await readLock(path.join(root, lockFile));
    for (const [name, version] of await dependenciesIn(path.join(root, file))) {
      count += 1;
      const wrong = judge(lock, isWorkspace ? folder : '', name, version);
      if (wrong) problems.push(`${file}: ${name} ${version} ${wrong} ${lockFile}.`);
    }
  }
  return { count, unit: `dependencies in ${manifests.length} package.json files`, problems };
}

async function dependenciesIn(file: string): Promise<[string, string][]> {
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Manifest;
  const { dependencies, devDependencies, optionalDependencies } = manifest;
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
}

function judge(lock: Lock, folder: string, name: string, version: string): string | undefined {
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) return 'is no exact version for';
  const place = placeSeenFrom(lock, folder, name);
  const locked = place === undefined ? undefined : lock[place];
  if (locked?.link) return undefined;
  return locked?.version === version ? undefined : 'is not in';
}
