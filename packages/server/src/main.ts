import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cookieSuffix } from '@willcall/contract';
import type { DatabaseAddress } from './config.ts';
import { byItself } from './domain/audit-log/audit-log.ts';
import { sealAuditLog } from './domain/audit-log/verify.ts';
import { applyConnections, type ConnectionFields } from './domain/enterprise/save.ts';
import type { RaisedFence } from './domain/instance/fence.ts';
import type { InstanceType } from './domain/instance/instance.ts';
import type { InstanceSettings } from './domain/instance/settings.ts';
import { countHeldLines, purge } from './domain/retention/purge.ts';
import type { World } from './domain/world.ts';
import { createApp } from './http/app.ts';
import { readHostedPages } from './http/hosted-pages.ts';
import { describeCause } from './http/errors.ts';
import { type Logger, openLog } from './http/log.ts';
import { openRateLimits } from './http/rate-limits.ts';
import { defaultSettings } from './settings-file.ts';
import type { DatabaseOptions } from './store/open-database.ts';
import { startFenceKeeper } from './store/fence-keeper.ts';
import type { Engine } from './store/engine.ts';
import type { WhenBehind } from './store/migrations.ts';
import type { LostReplica } from './store/postgres-replicas.ts';
import { openFolder, openFolderEngine, type OpenedStore } from './store/open-folder.ts';
import { developmentHost } from './world/instance-state.ts';
import { openWorld, type WorldOptions } from './world/open-world.ts';
import { regularly } from './world/regularly.ts';

/** Everything that decides how one server runs. */
export interface ServerOptions {
  readonly instanceType: InstanceType;
  readonly dataFolder: string;
  /** The PostgreSQL database; without it the data lies in the folder. */
  readonly database?: DatabaseAddress | undefined;
  /** What to do about steps of the schema that have not run yet. Default: run them. */
  readonly whenBehind?: WhenBehind | undefined;
  /** The second folder, in which the server keeps how far it has come. */
  readonly fenceFolder?: string | undefined;
  /** The instance secret. */
  readonly secret: string;
  /** The configuration file's; `undefined` keeps those of the store. */
  readonly settings?: InstanceSettings | undefined;
  /** Those of the configuration file, brought into the store at start. */
  readonly enterpriseConnections?: readonly ConnectionFields[] | undefined;
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Where people reach the server. Default: `http://<publicHost>:<port>`. */
  readonly publicUrl?: string | undefined;
  /** The name in the default of `publicUrl`. Default: `localhost`. */
  readonly publicHost?: string | undefined;
  /** The host inside the publishable key. */
  readonly fapiHost?: string | undefined;
  /** Development only: the secret key that programs on this machine may ask for. */
  readonly developmentSecretKey?: string | undefined;
  readonly mail?: { readonly smtpUrl: string; readonly from: string } | undefined;
  readonly hasRateLimits: boolean;
  readonly trustedProxies: readonly string[];
  /** Further names that requests may call the server by. */
  readonly hostNames?: readonly string[] | undefined;
  /** How long a server that closes goes on answering, no longer ready. Default 0. */
  readonly drainSeconds?: number | undefined;
  readonly logLevel: string;
  /** Folders whose `node_modules` may hold the official script bundles. */
  readonly clerkPackageFolders?: readonly string[] | undefined;
}

/** A server that answers. */
export interface RunningServer {
  readonly world: World;
  /** Where people reach it, without a closing `/`. */
  readonly url: string;
  readonly port: number;
  /** No longer ready, goes on answering for `drainSeconds`; answers what is under way, then closes the database. */
  close(): Promise<void>;
}

/** Builds the world and listens. Whatever fails here leaves nothing open. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const logger = openLog(options.logLevel);
  const onLostMail = (cause: unknown) =>
    logger.error({ cause: describeCause(cause) }, 'A mail could not be sent.');
  const onRaisedFence = (raised: RaisedFence) =>
    logger.warn(
      raised,
      'the database went on in another timeline, which may lack commits: the fence was raised, tickets and sessions from before have ended',
    );
  const onLostReplica = (lost: LostReplica) =>
    logger.warn(lost, 'a replica is not asked for lists any more, until it is well');
  const { world, addresses, countWrites } = await openData(
    { ...options, onLostMail, onRaisedFence, onLostReplica },
    'serve',
  );
  let stopKeeping = async (): Promise<void> => {};
  try {
    stopKeeping = await startFenceKeeper({ world, countWrites, logger, ...options });
    await applyConnections(world, options.enterpriseConnections ?? []);
    const health = { isEnding: false };
    const app = await createApp(
      {
        world,
        health,
        cookieSuffix: await cookieSuffix(world.instance.publishableKey),
        rateLimits: openRateLimits(world.permits, world.instance.type),
        pages: readHostedPages(pagesFolder),
        developmentSecretKey: options.developmentSecretKey,
        hostNames: options.hostNames ?? [],
        clerkPackageFolders: options.clerkPackageFolders ?? [],
      },
      { logger, trustedProxies: options.trustedProxies },
    );
    await app.listen({ host: options.host, port: options.port });
    const port = portOf(app.server.address());
    addresses.publicUrl =
      options.publicUrl ?? `http://${options.publicHost ?? 'localhost'}:${port}`;
    const stopPurging = startPurging(world, logger);
    const stopSealing = startSealing(world, logger, options);
    return {
      world,
      url: addresses.publicUrl,
      port,
      close: async () => {
        health.isEnding = true;
        await pause((options.drainSeconds ?? 0) * 1000);
        await app.close();
        await stopPurging();
        await world.mailer.settled();
        await stopSealing();
        await stopKeeping();
        await world.store.close();
      },
    };
  } catch (error) {
    await stopKeeping();
    await world.store.close();
    throw error;
  }
}

/** How often rows whose time is over are removed. Milliseconds: ten minutes. */
const purgeEvery = 600_000;

function startPurging(world: World, logger: Logger): () => Promise<void> {
  return regularly(
    async (isStopped) => {
      const gone = await purge(world, byItself, isStopped);
      if (Object.values(gone).some((count) => count > 0)) logger.info(gone, 'purged');
      const held = isStopped() ? 0 : await countHeldLines(world);
      if (held > 0) logger.error({ held }, 'the audit log is not whole: run willcall audit verify');
    },
    purgeEvery,
    (error) => logger.error({ cause: describeCause(error) }, 'nothing was purged'),
  );
}

/** How often lines of the audit log that wait are sealed. On SQLite who comes next waits for them. Milliseconds. */
const sealEvery = { shared: 500, embedded: 100 };

function startSealing(
  world: World,
  logger: Logger,
  { database }: Pick<ServerOptions, 'database'>,
): () => Promise<void> {
  // It may fail ten times a second: told once, until something else comes of it.
  let told: string | undefined;
  const tell = (error: unknown) => {
    const cause = describeCause(error);
    const text = JSON.stringify(cause);
    if (text !== told) logger.error({ cause }, 'the audit log was not sealed');
    told = text;
  };
  const seal = async () => {
    await sealAuditLog(world);
    told = undefined;
  };
  const every = database ? sealEvery.shared : sealEvery.embedded;
  const stop = regularly(seal, every, tell);
  return async () => {
    await stop();
    await sealAuditLog(world).catch(tell);
  };
}

/** The world over a database. */
export interface OpenData {
  readonly world: World;
  /** Known for good once the server listens. */
  readonly addresses: { publicUrl: string };
  /** How many writes were asked of the store so far. */
  readonly countWrites: () => number;
  /** Closes the store, after binding to the audit log what this process wrote: there may be no server to do it. */
  readonly close: () => Promise<void>;
}

/**
 * The database and the world over it, without a server. The caller closes it, and so lets a folder
 * go. Throws `FolderHeld`: one process serves a folder; `DatabaseRefused`.
 */
export async function openData(
  options: Pick<
    ServerOptions,
    | 'instanceType'
    | 'dataFolder'
    | 'database'
    | 'whenBehind'
    | 'secret'
    | 'settings'
    | 'port'
    | 'publicUrl'
    | 'fapiHost'
    | 'mail'
  > &
    Pick<WorldOptions, 'hasRateLimits' | 'onLostMail'> &
    Pick<DatabaseOptions, 'onRaisedFence' | 'onLostReplica'>,
  use: 'serve' | 'beside',
): Promise<OpenData> {
  const { store, countWrites } = await openDataStore(options, use);
  const addresses = { publicUrl: options.publicUrl ?? `http://localhost:${options.port}` };
  try {
    const world = await openWorld(store, {
      instanceType: options.instanceType,
      secret: options.secret,
      settings: options.settings,
      defaultSettings,
      mail: options.mail,
      hasRateLimits: options.hasRateLimits,
      onLostMail: options.onLostMail,
      addresses: ({ id }) => ({
        get publicUrl() {
          return addresses.publicUrl;
        },
        fapiHost: options.fapiHost ?? hostOf(options, id),
      }),
    });
    const close = async () => {
      // What waits now is sealed by whoever comes next.
      if (countWrites() > 0) await sealAuditLog(world).catch(() => {});
      await store.close();
    };
    return { world, addresses, countWrites, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The store alone. The driver of PostgreSQL is loaded where there is one to talk to. */
export async function openDataStore(
  {
    dataFolder,
    database,
    whenBehind,
    onRaisedFence,
    onLostReplica,
  }: Pick<ServerOptions, 'dataFolder' | 'database' | 'whenBehind'> &
    Pick<DatabaseOptions, 'onRaisedFence' | 'onLostReplica'>,
  use: 'serve' | 'beside',
): Promise<OpenedStore> {
  if (!database) return openFolder(dataFolder, use, whenBehind);
  const { openDatabase } = await import('./store/open-database.ts');
  return openDatabase({ ...database, whenBehind, onRaisedFence, onLostReplica });
}

/** The database with its schema as it is: no step is run. */
export async function openDataEngine(
  { dataFolder, database }: Pick<ServerOptions, 'dataFolder' | 'database'>,
  use: 'beside',
): Promise<Engine> {
  if (!database) return openFolderEngine(dataFolder, use);
  const { openDatabaseEngine } = await import('./store/open-database.ts');
  return openDatabaseEngine(database);
}

function hostOf(
  options: Pick<ServerOptions, 'instanceType' | 'publicUrl'>,
  instanceId: string,
): string {
  const isProduction = options.instanceType === 'production' && options.publicUrl !== undefined;
  return isProduction ? new URL(options.publicUrl ?? '').host : developmentHost(instanceId);
}

/** Beside the built server; beside its sources while it is run from those. */
const pagesFolder = import.meta.url.endsWith('.ts')
  ? path.join(import.meta.dirname, '../../portal/dist')
  : path.join(import.meta.dirname, 'pages');

function portOf(address: ReturnType<import('node:net').Server['address']>): number {
  if (typeof address === 'object' && address !== null) return address.port;
  throw new TypeError('the server has no port');
}
