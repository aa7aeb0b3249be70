import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  installedWith,
  isForSomePlatforms,
  namesOf,
  type Lock,
  type LockedPackage,
} from './lock.ts';
import { repositoryFiles } from '../source-files.ts';
import type { Manifest } from '../../build/packages.ts';

/** What reaches the people who install our packages, by place in the root's lock file. */
export interface Distributed {
  /** On every machine. */
  readonly everywhere: ReadonlySet<string>;
  /** On some kinds of machine only, such as compiled code for ARM. */
  readonly somewhere: ReadonlySet<string>;
}

/**
 * Finds what our packages bring along: their dependencies, and what the build takes into
 * them, which a private package names among its development dependencies.
 */
export async function findDistributed(root: string, lock: Lock): Promise<Distributed> {
  const manifests = await packageManifests(root);
  const starts = manifests.map(({ folder, manifest }) => ({
    place: folder,
    names: [
      ...namesOf(manifest as LockedPackage),
      ...(manifest.private ? bundledNames(manifest) : []),
    ],
  }));
  const all = installedWith(lock, starts);
  const everywhere = installedWith(lock, starts, (each) => !isForSomePlatforms(each));
  return { everywhere, somewhere: all.difference(everywhere) };
}

/** The package.json of each folder in packages/. */
export async function packageManifests(
  root: string,
): Promise<{ readonly folder: string; readonly manifest: Manifest }[]> {
  const files = await repositoryFiles(root);
  const places = files.filter((file) => /^packages\/[^/]+\/package\.json$/.test(file));
  return Promise.all(
    places.map(async (place) => ({
      folder: path.posix.dirname(place),
      manifest: JSON.parse(await readFile(path.join(root, place), 'utf8')) as Manifest,
    })),
  );
}

/** Types leave nothing behind, and in the pages Preact stands in for React. */
function bundledNames({ devDependencies = {} }: Manifest): string[] {
  return Object.keys(devDependencies).filter((name) => !/^@types\/|^react(-dom)?$/.test(name));
}
