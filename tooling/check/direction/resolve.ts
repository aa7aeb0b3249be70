import { existsSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { root as repository, type Manifest } from '../../build/packages.ts';
import { placeOf } from './place.ts';
import { installedApart } from './rules.ts';

/** What an import names. */
export type Target =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'package'; readonly name: string; readonly wrong?: string };

/** Resolves an import of a file of the repository. */
export type Resolver = (file: string, specifier: string, isTypeOnly: boolean) => Target;

/** A resolver that reads each package.json once. */
export function createResolver(root: string): Resolver {
  const manifests = new Map<string, Manifest | undefined>();
  const manifestIn = (folder: string): Manifest | undefined => {
    if (!manifests.has(folder)) manifests.set(folder, readManifest(folder));
    return manifests.get(folder);
  };
  return (file, specifier, isTypeOnly) => {
    if (/^[./]/.test(specifier)) return relative(root, file, specifier);
    if (isBuiltin(specifier)) return { kind: 'package', name: specifier };
    const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
    const wrong =
      undeclared(root, file, name, isTypeOnly, manifestIn) ??
      unresolvable(root, file, name, specifier, manifestIn);
    return { kind: 'package', name, ...(wrong && { wrong }) };
  };
}

function relative(root: string, file: string, specifier: string): Target {
  const target = path.posix.join(path.dirname(file), specifier.replace(/\?.*$/, ''));
  const isThere = statSync(path.join(root, target), { throwIfNoEntry: false })?.isFile();
  // What lies in a public folder is served, and there the names are addresses.
  if (isThere || file.includes('/public/')) return { kind: 'file', file: target };
  return { kind: 'package', name: specifier, wrong: 'names a file that does not exist' };
}

type ReadManifest = (folder: string) => Manifest | undefined;

function undeclared(
  root: string,
  file: string,
  name: string,
  isTypeOnly: boolean,
  manifestIn: ReadManifest,
): string | undefined {
  const place = placeOf(file);
  // The snippets of the guides are somebody else's program.
  if (place?.area === 'docs') return undefined;
  const nearest = foldersAbove(file)
    .map((folder) => manifestIn(path.join(root, folder)))
    .find(Boolean);
  const { dependencies, peerDependencies, devDependencies } = nearest ?? {};
  const atRun = { ...dependencies, ...peerDependencies };
  const mayUseAll =
    place?.isTest || isTypeOnly || nearest?.private || name === '@willcall/contract';
  const all = {
    ...atRun,
    ...devDependencies,
    ...(place?.isTest && manifestIn(root)?.devDependencies),
  };
  if (name in (mayUseAll ? all : atRun)) return undefined;
  if (place?.isTest && name.startsWith('@willcall/')) return undefined;
  const isTypesOf = isTypeOnly && `@types/${name}` in all;
  return isTypesOf ? undefined : 'is not declared in the nearest package.json';
}

/** Whether nobody asked yet for the packages of the file's folder. That they are declared is judged all the same. */
function isInstalledApart(root: string, file: string): boolean {
  return installedApart.some(
    (folder) =>
      file.startsWith(`${folder}/`) && !existsSync(path.join(root, folder, 'node_modules')),
  );
}

function unresolvable(
  root: string,
  file: string,
  name: string,
  specifier: string,
  manifestIn: ReadManifest,
): string | undefined {
  const folders = [...foldersAbove(file).map((folder) => path.join(root, folder)), repository];
  const places = folders.flatMap((folder) =>
    [name, typesOf(name)].map((each) => path.join(folder, 'node_modules', each)),
  );
  const installed = places.map(manifestIn).find(Boolean);
  if (!installed) return isInstalledApart(root, file) ? undefined : 'is not installed';
  const { exports } = installed;
  if (exports === undefined || typeof exports === 'string') return undefined;
  const wanted = `.${specifier.slice(name.length)}`;
  const keys = Object.keys(exports);
  // Without a key that is a path, `exports` describes the package itself.
  const isExported = keys.every((key) => !key.startsWith('.'))
    ? wanted === '.'
    : keys.some((key) => key === wanted || (key.includes('*') && matches(key, wanted)));
  return isExported ? undefined : 'is not exported by its package';
}

function matches(pattern: string, wanted: string): boolean {
  const [before = '', after = ''] = pattern.split('*');
  return wanted.startsWith(before) && wanted.endsWith(after);
}

function typesOf(name: string): string {
  return `@types/${name.replace(/^@([^/]+)\//, '$1__')}`;
}

/** The folders from a file's own up to the root, which is ''. */
function foldersAbove(file: string): string[] {
  const folder = path.posix.dirname(file);
  return folder === '.' ? [''] : [folder, ...foldersAbove(folder)];
}

function readManifest(folder: string): Manifest | undefined {
  const place = path.join(folder, 'package.json');
  return existsSync(place) ? (JSON.parse(readFileSync(place, 'utf8')) as Manifest) : undefined;
}
