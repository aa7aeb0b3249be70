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

/**
 * Tools whose package.json names their licence in no word of SPDX: what their own files say.
 * The first is released to the public domain.
 */
const readByHand: Readonly<Record<string, string>> = {
  'deep-freeze 0.0.1': 'CC0-1.0',
  'fuzzy 0.1.3': 'MIT',
  'url-template 2.0.8': 'BSD-3-Clause',
  'valid-url 1.0.9': 'MIT',
};

/** Holds the licence of each package in each package-lock.json against a list. */
export async function checkLicences(root: string): Promise<Outcome> {
  const files = await repositoryFiles(root);
  const lockFiles = files.filter((file) => path.basename(file) === 'package-lock.json');
  const problems = await wrongManifests(root);
  let count = 0;
  for (const file of lockFiles) {
    const lock = await readLock(path.join(root, file));
    const handedOn = await placesHandedOn(root, file, lock);
    for (const [place, { license = 'none', version, link }] of Object.entries(lock)) {
      if (link || !place.includes('node_modules/')) continue;
      count += 1;
      const isHandedOn = handedOn.has(place);
      const read = readByHand[`${nameAt(place)} ${version}`] ?? license;
      if (isHandedOn ? isCovered(license, forUsers) : isCovered(read, forTools)) continue;
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
