import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../tooling/free-port.ts';
import { runProcess, type RunningProcess, startProcess } from '../process.ts';
import { willcallCommand } from '../server.ts';

/** A production instance with a folder of its own. */
export interface ProductionInstance {
  /** Where the server listens, behind its proxy. */
  readonly port: number;
  readonly publishableKey: string;
  readonly secretKey: string;
  /** Ends the process, if it runs, and starts it again on the same data. */
  restart(): Promise<void>;
  /** Ends it for good, and throws its data away. */
  stop(): Promise<void>;
}

/** `willcall init --production`, then `willcall serve`, with further variables of the environment. */
export async function startProduction(
  publicUrl: string,
  allowedOrigin: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<ProductionInstance> {
  const cwd = await mkdtemp(path.join(tmpdir(), 'willcall-e2e-'));
  const port = await freePort();
  const addresses = ['--public-url', publicUrl, '--allowed-origin', allowedOrigin];
  const init = [willcallCommand, 'init', '--production', '--json', ...addresses];
  const made = JSON.parse(await runProcess(init, { cwd })) as Record<string, string>;
  let serving: RunningProcess | undefined;

  async function restart(): Promise<void> {
    await serving?.stop();
    const serve = ['serve', '--env-file', 'willcall.env', '--port', String(port)];
    serving = await startProcess([willcallCommand, ...serve], {
      cwd,
      env: {
        WILLCALL_TRUSTED_PROXIES: '127.0.0.1',
        WILLCALL_LOG_LEVEL: 'warn',
        ...variables,
      },
      isReady: new RegExp(`serves ${publicUrl}`),
    });
  }
  await restart();
  return {
    port,
    publishableKey: made['publishable_key'] ?? '',
    secretKey: made['secret_key'] ?? '',
    restart,
    stop: async () => {
      await serving?.stop();
      await rm(cwd, { recursive: true, force: true });
    },
  };
}
