import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The repository. */
export const root = path.dirname(path.dirname(import.meta.dirname));

/** The packages that people install, in the order in which they depend on each other. */
export const publishedNames = ['browser', 'react', 'backend', 'testing', 'server'] as const;

/** A package.json, as far as the tools read it. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly license?: string;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The folder of a package in packages/. */
export function folderOf(name: string): string {
  return path.join(root, 'packages', name);
}

/** The package.json of a package in packages/. */
export function manifestOf(name: string): Manifest {
  return readManifest(folderOf(name));
}

/** The package.json of the repository. */
export function rootManifest(): Manifest {
  return readManifest(root);
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
}

/**
 * The source files that a package's `exports` and `bin` stand for, and those that run in
 * threads of their own, by the name that they have in dist: `{index: '/…/src/index.ts'}`.
 */
export function entriesOf(name: string): Record<string, string> {
  const { exports = {}, bin = {} } = manifestOf(name);
  const sources = [
    ...Object.values(exports).map((each) =>
      typeof each === 'string' ? '' : each['willcall-source'],
    ),
    // What npm links is there before the build, and starts what the build writes.
    ...Object.values(bin).map((linked) =>
      linked.replace('./bin/', './src/').replace(/\.js$/, '.ts'),
    ),
    ...globSync('./src/**/*.thread.ts', { cwd: folderOf(name) }).map((found) => `./${found}`),
  ];
  const entries = sources
    .filter((source): source is string => source?.startsWith('./src/') === true)
    .map((source) => [path.parse(source).name, path.join(folderOf(name), source)]);
  return Object.fromEntries(entries) as Record<string, string>;
}
