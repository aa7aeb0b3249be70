import type { Contestant } from './contestant.ts';
import { startBare } from './contestants/bare.ts';
import { startBetterAuth } from './contestants/better-auth.ts';
import { startFirebase } from './contestants/firebase.ts';
import { startOidcProvider } from './contestants/oidc-provider.ts';
import { startWillcall } from './contestants/willcall.ts';
import { startPostgres } from '../tooling/postgresql.ts';

/** Starts the contestants of one server over an empty folder. */
export type Starter = (folder: string) => Promise<readonly Contestant[]>;

/** What every run has. */
export const entrants: Readonly<Record<string, Starter>> = {
  floor: async (folder) => [await startBare(folder, false)],
  yardstick: async (folder) => [await startBare(folder, true)],
  willcall: async (folder) => [await startWillcall('willcall', folder)],
  'willcall-pg': (folder) =>
    withPostgres(async (url) => [await startWillcall('willcall-pg', folder, url)]),
};

/** What `--peers` adds. */
export const peers: Readonly<Record<string, Starter>> = {
  'better-auth': (folder) => startBetterAuth('better-auth', folder),
  'better-auth-pg': (folder) =>
    withPostgres((url) => startBetterAuth('better-auth-pg', folder, url)),
  'oidc-provider': async (folder) => [await startOidcProvider(folder)],
  firebase: async (folder) => [await startFirebase(folder)],
};

/** Gives a contestant a PostgreSQL of its own that waits for the disk, and ends it with the contestant. */
async function withPostgres(
  start: (url: string) => Promise<readonly Contestant[]>,
): Promise<readonly Contestant[]> {
  const postgres = await startPostgres({ fsync: 'on' });
  try {
    const [first, ...others] = await start(postgres.url('postgres'));
    if (!first) throw new Error('nothing was started');
    const stop = async () => {
      await first.stop();
      await postgres.stop();
    };
    return [{ ...first, stop }, ...others];
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
