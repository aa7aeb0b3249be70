import path from 'node:path';
import { findDistributed, packageManifests } from './licences/distributed.ts';
import { nameAt, readLock, type Lock } from './licences/lock.ts';
import { isCovered } from './licences/expression.ts';
import { repositoryFiles } from './source-files.ts';
import type { Outcome } from './outcome.ts';

/** Licences of what we hand on: they ask for no more than a notice. */
const forUsers = [
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'],
  ...['BlueOak-1.0.0', 'Unlicense', 'CC0-1.0'],
];

/** Licences of tools that we run and do not hand on. */
const forTools = [...forUsers, 'MPL-2.0', 'CC-BY-4.0', 'Python-2.0'];

/** Holds the licence of each package in each package-lock.json against a list. */
export async function checkLicences(root: string): Promise<Outcome> {
  const files = await repositoryFiles(root);
  const lockFiles = files.filter((file) => path.basename(file) === 'package-lock.json');
  const problems = await wrongManifests(root);
  let count = 0;
  for (const file of lockFiles) {
    const lock = await readLock(path.join(root, file));
    const handedOn = await placesHandedOn(root, file, lock);
    for (const [place, { license = 'none', link }] of Object.entries(lock)) {
      if (link || !place.includes('node_modules/')) continue;
      count += 1;
      const isHandedOn = handedOn.has(place);
      if (isCovered(license, isHandedOn ? forUsers : forTools)) continue;
      const use = isHandedOn ? 'what we hand on' : 'a tool';
      problems.push(`${file}: ${nameAt(place)} has the licence ${license}, not allowed in ${use}.`);
    }
  }
  return { count, unit: `packages in ${lockFiles.length} lock files`, problems };
}

async function placesHandedOn(
  root: string,
  file: string,
  lock: Lock,
): Promise<ReadonlySet<string>> {
  if (file !== 'package-lock.json') return new Set();
  const { everywhere, somewhere } = await findDistributed(root, lock);
  return everywhere.union(somewhere);
}

async function wrongManifests(root: string): Promise<string[]> {
  const manifests = await packageManifests(root);
  const wrong = manifests.filter(({ manifest }) => manifest.license !== 'MIT');
  return wrong.map(({ folder }) => `${folder}/package.json: does not say "license": "MIT".`);
}
