import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { folderOf } from '../build/packages.ts';
import { npm } from './npm.ts';

/** A package as npm would publish it. */
export interface Packed {
  /** The .tgz file. */
  readonly tarball: string;
  /** The paths inside it. */
  readonly files: readonly string[];
}

/** Packs a package of packages/ into a folder, from what was built last. */
export async function pack(name: string, into: string): Promise<Packed> {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', into];
  const answer: unknown = JSON.parse(await npm(folderOf(name), ...args));
  const [packed] = answer as { filename: string; files: { path: string }[] }[];
  if (!packed) throw new Error(`npm has packed nothing of ${name}.`);
  const files = packed.files.map((each) => each.path).toSorted();
  return { tarball: path.join(into, packed.filename), files };
}

/** The package.json of a package as it is installed in a project. */
export async function installedManifest(project: string, name: string): Promise<InstalledManifest> {
  const file = path.join(project, 'node_modules/@willcall', name, 'package.json');
  return JSON.parse(await readFile(file, 'utf8')) as InstalledManifest;
}

/** What a package.json promises to those who install it. */
export interface InstalledManifest {
  readonly files?: readonly string[];
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}
