// The first step of every command. It runs on any Node from 20 on, with nothing installed:
// it installs what is missing and hands over to the Node that the project brings along.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installMissing } from './bootstrap/install.mjs';
import { handOver } from './bootstrap/hand-over.mjs';
import { isBuilt } from './bootstrap/is-built.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [command = '', ...options] = process.argv.slice(2);

/** @type {Record<string, () => Promise<number>>} */
const commands = {
  start: () => withBuiltServer('packages/server/dist/cli.js', 'dev', ...options),
  build: () => onOwnNode('build.ts', ...options),
  bench: () => bench(...options),
  check: () => onOwnNodeWithEverything('check.ts', ...options),
  test: () => onOwnNodeWithEverything('test.ts', ...options),
};

const run = commands[command];
if (!run) {
  console.error(`Say one of: ${Object.keys(commands).join(', ')}.`);
  process.exit(2);
}
process.exitCode = await run();

/** @param {string} script @param {...string} rest */
async function withBuiltServer(script, ...rest) {
  installMissing(root);
  if (!isBuilt(root, 'server')) {
    console.error('Building the server (only when its source has changed) …');
    const failed = await handOver(root, ['tooling/build.ts', 'server'], { stdoutTo: 'stderr' });
    if (failed) return failed;
  }
  return handOver(root, [script, ...rest]);
}

/** @param {...string} rest */
function bench(...rest) {
  installMissing(root);
  installMissing(path.join(root, 'tooling/postgresql'));
  if (rest.includes('--peers')) installMissing(path.join(root, 'bench/peers'));
  return withBuiltServer('bench/run.ts', ...rest);
}

/** @param {string} script @param {...string} rest */
function onOwnNodeWithEverything(script, ...rest) {
  installMissing(root);
  // The browser first: what the official SDKs bring along is large and comes last.
  installMissing(path.join(root, 'tooling/chromium'));
  installMissing(path.join(root, 'tooling/postgresql'));
  installMissing(path.join(root, 'conformance'));
  return onOwnNode(script, ...rest);
}

/** @param {string} script @param {...string} rest */
function onOwnNode(script, ...rest) {
  installMissing(root);
  return handOver(root, [`tooling/${script}`, ...rest]);
}
