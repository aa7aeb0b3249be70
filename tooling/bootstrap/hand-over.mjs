import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { isUsable, ownEnvironment, ownNode } from './own-node.mjs';

/**
 * Runs a script on the project's Node in the project's folder and answers with its exit
 * code. Signals reach the script; it alone writes to the output, or to the error output
 * where `stdoutTo` says so.
 * @param {string} root
 * @param {string[]} args
 * @param {{stdoutTo?: 'stderr'}} [options]
 * @returns {Promise<number>}
 */
export async function handOver(root, args, options = {}) {
  const own = ownNode();
  const ended = own ? await run(own, root, args, options) : undefined;
  // Where the brought Node cannot be started (another C library), the present one may do.
  if (ended !== undefined) return ended;
  if (isUsable(process.versions.node))
    return (await run(process.execPath, root, args, options)) ?? 1;
  console.error(
    `Willcall brings no Node for ${process.platform}-${process.arch}, and this one is ${process.version}.\n` +
      'Install Node 24 (24.18 or newer) or 22 (22.23 or newer) from https://nodejs.org and try again.',
  );
  return 1;
}

/**
 * @param {string} node
 * @param {string} root
 * @param {string[]} args
 * @param {{stdoutTo?: 'stderr'}} options
 * @returns {Promise<number | undefined>} `undefined` when it could not be started
 */
function run(node, root, args, { stdoutTo }) {
  const child = spawn(node, args, {
    cwd: root,
    env: ownEnvironment(),
    stdio: ['inherit', stdoutTo === 'stderr' ? 2 : 'inherit', 'inherit'],
  });
  const forwarding = forwardSignals(child);
  return new Promise((resolve) => {
    child.once('error', () => resolve(undefined));
    child.once('exit', (code, signal) => {
      forwarding.stop();
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

/** @param {import('node:child_process').ChildProcess} child */
function forwardSignals(child) {
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    // A terminal sends Ctrl-C to the script itself; sending it twice would cut its farewell short.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, onSignal);
  const watch = watchShell(() => child.kill('SIGTERM'));
  return {
    stop: () => {
      clearInterval(watch);
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}

/**
 * npm hands a SIGTERM to the shell between it and us, and that shell dies without telling.
 * Then another process becomes our parent.
 * @param {() => void} onGone
 */
function watchShell(onGone) {
  if (!process.env['npm_lifecycle_event']) return undefined;
  const shell = process.ppid;
  return setInterval(() => {
    if (process.ppid !== shell) onGone();
  }, 250);
}
