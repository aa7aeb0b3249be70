import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** What is in the sources of a package and not in what is built from it. */
const left = /^(node_modules|dist|\.build|test|LICENSE|README\.md)$|\.test\.tsx?$|\.md$/;

/** The server carries the hosted pages, which its package.json cannot say. */
const carried = { server: ['portal'] };

/**
 * Whether a package is built from the sources as they are. Costs a look at each file's
 * name, size and time; nothing is read but the package.json files.
 * @param {string} root
 * @param {string} name of the folder in packages/
 * @returns {boolean}
 */
export function isBuilt(root, name) {
  const stamp = stampPlace(root, name);
  if (!existsSync(path.join(root, 'packages', name, 'dist')) || !existsSync(stamp)) return false;
  return readFileSync(stamp, 'utf8') === fingerprint(root, name);
}

/**
 * Where the fingerprint of a package's last build is kept.
 * @param {string} root @param {string} name
 */
export function stampPlace(root, name) {
  return path.join(root, '.build', `${name}.built`);
}

/**
 * A hash that changes when a source of the package, of the packages that it is built from,
 * of the build or of the installed packages changes, goes or comes.
 * @param {string} root @param {string} name
 * @returns {string}
 */
export function fingerprint(root, name) {
  const hash = createHash('sha256');
  const packages = [...ingredients(root, name)].toSorted();
  for (const each of packages) addTree(hash, path.join(root, 'packages', each));
  addTree(hash, path.join(root, 'tooling/build'));
  addFile(hash, path.join(root, 'LICENSE'));
  addFile(hash, path.join(root, 'THIRD_PARTY_NOTICES.md'));
  addFile(hash, path.join(root, 'tsconfig.base.json'));
  addFile(hash, path.join(root, 'package-lock.json'));
  return hash.digest('hex');
}

/**
 * The package itself and all workspace packages whose sources end up in it.
 * @param {string} root
 * @param {string} name
 * @param {Set<string>} found
 * @returns {Set<string>}
 */
function ingredients(root, name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  const manifest = JSON.parse(
    readFileSync(path.join(root, 'packages', name, 'package.json'), 'utf8'),
  );
  const used = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
    .filter((each) => each.startsWith('@willcall/'))
    .map((each) => each.slice('@willcall/'.length));
  const all = [...used, ...(carried[/** @type {keyof typeof carried} */ (name)] ?? [])];
  for (const each of all) ingredients(root, each, found);
  return found;
}

/** @param {import('node:crypto').Hash} hash @param {string} folder */
function addTree(hash, folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (left.test(entry.name)) continue;
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) addTree(hash, place);
    else addFile(hash, place);
  }
}

/** @param {import('node:crypto').Hash} hash @param {string} file */
function addFile(hash, file) {
  const { mtimeMs, size } = statSync(file);
  hash.update(`${file}:${mtimeMs}:${size}\n`);
}
