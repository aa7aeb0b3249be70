import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isOldForTools, ownEnvironment, ownNode } from './own-node.mjs';

/**
 * Installs the packages that the lock file of `folder` names, unless they are there. Ends
 * the process with npm's exit code when npm fails. A second call costs one read and a hash.
 * @param {string} folder
 * @returns {void}
 */
export function installMissing(folder) {
  const lock = readFileSync(path.join(folder, 'package-lock.json'));
  const stamp = path.join(folder, 'node_modules/.willcall-installed');
  const wanted = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (!belongs(folder, lock.toString())) {
    const isOld = ownNode() === undefined && isOldForTools(process.versions.node);
    install(folder);
    // npm leaves out what the running Node is too old for; now there is the project's own.
    if (isOld) install(folder);
  }
  writeFileSync(stamp, wanted);
}

/**
 * Whether a plain `npm install` has already brought everything that the lock file names.
 * @param {string} folder @param {string} lock
 */
function belongs(folder, lock) {
  const installedLock = path.join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const wanted = JSON.parse(lock).packages;
  const present = JSON.parse(readFileSync(installedLock, 'utf8')).packages;
  return (
    Object.entries(wanted).every(
      ([place, { version, optional, peer, link }]) =>
        !place.includes('node_modules/') ||
        (optional && !present[place]) ||
        (peer && !present[place]) ||
        (present[place] && (link || present[place].version === version)),
    ) && Object.keys(present).every((place) => place in wanted)
  );
}

/** @param {string} folder */
function install(folder) {
  const name = path.relative(process.cwd(), folder) || 'this folder';
  console.error(`Installing the packages of ${name} from npm (first run only, a moment) …`);
  const flags = ['--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts'];
  const kinds = ['--include=dev', '--include=optional'];
  const { error, status } = spawnNpm(folder, ['ci', ...flags, ...kinds]);
  if (!error && status === 0) return;
  console.error(`npm could not install the packages of ${name}. ${error?.message ?? ''}`);
  process.exit(status || 1);
}

/** @param {string} folder @param {string[]} args */
function spawnNpm(folder, args) {
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = {
    cwd: folder,
    // What npm says goes to the error output: the output proper belongs to the command.
    stdio: ['ignore', 2, 2],
    // Further installs run on the project's Node: npm leaves out optional packages that
    // the running Node is too old for.
    env: ownEnvironment(),
  };
  const startedBy = process.env['npm_execpath'];
  if (!startedBy?.endsWith('npm-cli.js')) {
    return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  }
  return spawnSync(ownNode() ?? process.execPath, [startedBy, ...args], options);
}
