import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cookieSuffix, type ErrorsJSON } from '@willcall/contract';
import type { FastifyInstance } from 'fastify';
import { createSecretKey } from '../src/domain/key/secret-key.ts';
import type { InstanceType } from '../src/domain/instance/instance.ts';
import type { InstanceSettings } from '../src/domain/instance/settings.ts';
import type { World } from '../src/domain/world.ts';
import { createApp } from '../src/http/app.ts';
import { readHostedPages } from '../src/http/hosted-pages.ts';
import { type Logger, openLog } from '../src/http/log.ts';
import { openRateLimits } from '../src/http/rate-limits.ts';
import { defaultSettings } from '../src/settings-file.ts';
import type { Engine, Reader } from '../src/store/engine.ts';
import { openStore } from '../src/store/open.ts';
import { developmentHost } from '../src/world/instance-state.ts';
import { openWorld } from '../src/world/open-world.ts';
import { openBrowser, type Browser } from './browser.ts';
import type { Dump } from './database/dump.ts';
import { testDatabase, type TestDatabase } from './database/test-database.ts';
import { watchWork, type Work } from './work.ts';

/** A clock that the test sets. It stands still by itself. */
export interface TestClock {
  now(): number;
  /** Lets time pass. */
  advance(milliseconds: number): void;
}

/** The whole service over a database of its own, called by its real request path. */
export interface TestService {
  readonly app: FastifyInstance;
  readonly world: World;
  readonly clock: TestClock;
  readonly secretKey: string;
  /** Calls the Backend API as the customer's server does. */
  backend<Body>(
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<Body>>;
  /** A browser on a page of this origin, with cookies of its own. */
  browser(origin?: string): Browser;
  /** The Host that the service is called by. */
  readonly host: string;
  /**
   * Every row of every table, to see whether something was written. Without the notes of
   * refused redemptions and the audit log, which a refusal leaves when nobody waits for them any more.
   */
  dump(): Dump;
  /** What the store and the password hasher were asked since the last time. */
  takeWork(): Work;
  /** The code of the newest mail in the mailbox. */
  mailedCode(): Promise<string>;
  close(): Promise<void>;
}

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
  /** The code of the first error; `undefined` when it worked. */
  readonly code: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
}

export interface TestOptions {
  readonly type?: InstanceType;
  readonly settings?: Partial<InstanceSettings>;
  readonly publicUrl?: string;
  readonly hasRateLimits?: boolean;
  readonly trustedProxies?: readonly string[];
  readonly mail?: { readonly smtpUrl: string; readonly from: string };
  readonly developmentSecretKey?: string;
  readonly logger?: Logger;
  /** Where the database lies, which stays there. Default: a folder that is gone at the end. */
  readonly folder?: string;
  /** What the clock says at first. Default: the time of the machine. */
  readonly startsAt?: number;
  /** Whether the clock of the test judges, or that of a server. Default `true`. */
  readonly hasOwnClock?: boolean;
  /** The database itself, which stays open to be looked at. Default: the one of the folder. */
  readonly database?: TestDatabase;
  /** Stands before the database, to see or to spoil what is asked of it. */
  readonly before?: (engine: Engine) => Engine;
  /** Answers lists, given the database. Default: the database. */
  readonly replica?: (engine: Engine) => Reader;
}

/** A page of the customer's app, on an origin that is allowed in development. */
export const appOrigin = 'http://localhost:5173';

/** Opens the service. Close it when the test is over. */
export async function openService(options: TestOptions = {}): Promise<TestService> {
  const ownFolder = await mkdtemp(path.join(tmpdir(), 'willcall-test-'));
  const { folder = ownFolder, before = (engine: Engine) => engine } = options;
  const clock = openClock(options.startsAt ?? Date.now());
  const database = options.database ?? (await testDatabase(folder));
  const work = watchWork();
  const engine = work.watchEngine(before(database.open()));
  const store = await openStore(engine, undefined, { replica: options.replica?.(engine) });
  const opened = await openWorld(store, {
    instanceType: options.type ?? 'development',
    secret: 'a secret of the tests that opens nothing else',
    settings: { ...defaultSettings, ...options.settings },
    defaultSettings,
    addresses: ({ id }) => ({
      publicUrl: options.publicUrl ?? 'http://localhost:4000',
      fapiHost: options.publicUrl ? new URL(options.publicUrl).host : developmentHost(id),
    }),
    mail: options.mail,
    hasRateLimits: options.hasRateLimits,
    clock: options.hasOwnClock === false ? undefined : clock,
  });
  const world = {
    ...opened,
    passwords: work.watchPasswords(opened.passwords),
    signingKeys: work.watchSigningKeys(opened.signingKeys),
  };
  const app = await createApp(
    {
      world,
      health: { isEnding: false },
      cookieSuffix: await cookieSuffix(world.instance.publishableKey),
      rateLimits: openRateLimits(world.permits, world.instance.type),
      pages: readHostedPages(await writePages(ownFolder)),
      developmentSecretKey: options.developmentSecretKey,
      hostNames: [],
      clerkPackageFolders: [],
    },
    { logger: options.logger ?? openLog('silent'), trustedProxies: options.trustedProxies ?? [] },
  );
  const secretKey = (await createSecretKey(world, 'test')).secret.reveal();
  const host = new URL(world.instance.publicUrl).host;

  return {
    app,
    world,
    clock,
    secretKey,
    host,
    dump: database.dump,
    takeWork: work.take,
    async mailedCode() {
      await world.mailer.settled();
      const [newest] = await store.mailbox.list();
      return /\d{6}/.exec(newest?.text ?? '')?.[0] ?? 'no mail came';
    },
    async backend<Body>(
      method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
      url: string,
      body?: unknown,
      headers: Readonly<Record<string, string>> = {},
    ) {
      const answer = await app.inject({
        method,
        url,
        headers: {
          host,
          authorization: `Bearer ${secretKey}`,
          'content-type': 'application/json',
          ...headers,
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      });
      const parsed: unknown = answer.body === '' ? undefined : answer.json();
      const code = (parsed as Partial<ErrorsJSON> | undefined)?.errors?.[0]?.code;
      return { status: answer.statusCode, body: parsed as Body, code, headers: answer.headers };
    },
    browser: (origin = appOrigin) => openBrowser(app, host, origin),
    async close() {
      await app.close();
      await world.mailer.settled();
      await store.close();
      if (!options.database) await database.close();
      await rm(ownFolder, { recursive: true, force: true });
    },
  };
}

/** As small as pages can be: what they show is tested where they are written. */
async function writePages(folder: string): Promise<string> {
  const pages = path.join(folder, 'pages');
  await mkdir(pages);
  await writeFile(
    path.join(pages, 'index.html'),
    '<!doctype html><html lang="en"><title>page</title><noscript>Off</noscript>',
  );
  return pages;
}

function openClock(startsAt: number): TestClock {
  let now = startsAt;
  return {
    now: () => now,
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}
