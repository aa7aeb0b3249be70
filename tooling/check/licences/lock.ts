import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** A package in a package-lock.json, as far as it is read here. */
export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The packages of a lock file by their place, such as `node_modules/zod`. */
export type Lock = Readonly<Record<string, LockedPackage>>;

/** Reads a package-lock.json. */
export async function readLock(file: string): Promise<Lock> {
  const { packages } = JSON.parse(await readFile(file, 'utf8')) as { packages: Lock };
  return packages;
}

/** The name of the package at a place. */
export function nameAt(place: string): string {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

/** Whether npm installs a package on some machines only. */
export function isForSomePlatforms({ os, cpu, libc }: LockedPackage): boolean {
  return (os ?? cpu ?? libc) !== undefined;
}

/**
 * The places of all packages that are installed with the given ones: what they depend on,
 * and so on. `enters` says whether to go through a package at all.
 */
export function installedWith(
  lock: Lock,
  starts: readonly { readonly place: string; readonly names: readonly string[] }[],
  enters: (locked: LockedPackage) => boolean = () => true,
): Set<string> {
  const found = new Set<string>();
  const visit = (from: string, names: readonly string[]): void => {
    for (const name of names) {
      const place = placeSeenFrom(lock, from, name);
      const locked = place === undefined ? undefined : lock[place];
      if (place === undefined || !locked || found.has(place) || !enters(locked)) continue;
      // A link leads to a package of our own, which is a start by itself.
      if (locked.link) continue;
      found.add(place);
      visit(place, namesOf(locked));
    }
  };
  for (const { place, names } of starts) visit(place, names);
  return found;
}

/** What is installed along with a package. */
export function namesOf({ dependencies, optionalDependencies }: LockedPackage): string[] {
  return Object.keys({ ...dependencies, ...optionalDependencies });
}

/** Where Node finds a package: in the nearest node_modules from the folder upwards. */
export function placeSeenFrom(lock: Lock, from: string, name: string): string | undefined {
  const place = path.posix.join(from, 'node_modules', name);
  if (place in lock) return place;
  return from === '' ? undefined : placeSeenFrom(lock, parentOf(from), name);
}

function parentOf(folder: string): string {
  const parent = path.posix.dirname(folder);
  return parent === '.' ? '' : parent;
}
