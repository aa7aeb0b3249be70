import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { SMTPServer } from 'smtp-server';
import type { Engine } from '../../../src/store/engine.ts';
import { openLog } from '../../../src/http/log.ts';
import { backUp } from '../../../src/store/backup.ts';
import { databaseOf } from '../../../src/store/database-file.ts';
import { isOnPostgres } from '../../database/test-database.ts';
import { openService, type TestService } from '../../service.ts';
import type { Mark, Place } from './search.ts';

/** The page of the app, and ours. */
export const huntedApp = 'https://app.example.com';
export const huntedHost = 'https://accounts.example.com';

/** Where the data lie: the files of SQLite and a backup, or every table of PostgreSQL. */
export const placesOfData = (): readonly string[] =>
  isOnPostgres() ? ['database'] : ['willcall.db, after the end', 'willcall.db-wal', 'backup'];

/** A production instance of which everything is kept that it says or writes. */
export interface Hunt {
  readonly service: TestService;
  /** Follows a secret from now on. Of a ticket it follows what its row does not tell. */
  mark(kind: string, ...secrets: readonly string[]): void;
  readonly marks: readonly Mark[];
  /** The newest mail, without its headers. */
  newestMail(): Promise<string>;
  /** Lets every write fail until it is called again. */
  breakDisk(isBroken: boolean): void;
  /** Ends the service. What it said and wrote, the state of the disk before and after included. */
  collect(): Promise<readonly Place[]>;
}

/** Opens it with a log at its most talkative. */
export async function openHunt(): Promise<Hunt> {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-hunt-'));
  const lines: Buffer[] = [];
  const mails: string[] = [];
  const marks: Mark[] = [];
  let isDiskBroken = false;
  let database: Engine | undefined;
  const smtp = await openMailServer(mails);
  const service = await openService({
    type: 'production',
    publicUrl: huntedHost,
    folder,
    mail: { smtpUrl: smtp.url, from: 'no-reply@example.com' },
    settings: {
      allowedOrigins: [huntedApp],
      askingPages: [`${huntedApp}/welcome`],
      hasOrganizations: true,
      isTestMode: false,
      signUpMode: 'public',
    },
    logger: openLog(
      'trace',
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          lines.push(chunk);
          done();
        },
      }),
    ),
    before(engine: Engine) {
      database = engine;
      const { runTogether } = engine;
      const onDisk = <Result>(write: () => Promise<Result>) =>
        isDiskBroken ? Promise.reject(new Error('disk I/O error')) : write();
      return {
        ...engine,
        write: (job, how) => onDisk(() => engine.write(job, how)),
        ...(runTogether && { runTogether: (steps) => onDisk(() => runTogether(steps)) }),
      };
    },
  });
  const answers = keepAnswers(service.app);

  return {
    service,
    marks,
    mark(kind, ...secrets) {
      for (const secret of secrets) {
        if (secret === '') throw new TypeError(`there is no ${kind} to follow`);
        marks.push({ kind, text: /^wc[a-z]_\w{26}_/.test(secret) ? secret.slice(-27) : secret });
      }
    },
    async newestMail() {
      await service.world.mailer.settled();
      return mails.at(-1)?.split('\r\n\r\n').slice(1).join('\n') ?? '';
    },
    breakDisk(isBroken) {
      isDiskBroken = isBroken;
    },
    async collect() {
      if (!isOnPostgres()) await backUp(databaseOf(folder), path.join(folder, 'backup'));
      const tables = isOnPostgres() && database ? [await readTables(database)] : [];
      const running = [...tables, ...(await readFolder(folder, ''))];
      await service.close();
      const ended = await readFolder(folder, ', after the end');
      await smtp.close();
      await rm(folder, { recursive: true });
      return [
        { name: 'log', bytes: Buffer.concat(lines) },
        { name: 'mail', bytes: Buffer.from(mails.join('\n').replaceAll('=\r\n', '')) },
        ...running,
        ...ended,
        ...answers,
      ];
    },
  };
}

async function readTables(engine: Engine): Promise<Place> {
  const names = await engine.all(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()',
  );
  const tables = await Promise.all(
    names.map(({ name }) => engine.all(`SELECT * FROM ${String(name)}`)),
  );
  return { name: 'database', bytes: Buffer.from(JSON.stringify(tables)) };
}

async function readFolder(folder: string, when: string): Promise<Place[]> {
  const names = await readdir(folder);
  return Promise.all(
    names.map(async (name) => ({
      name: name + when,
      bytes: await readFile(path.join(folder, name)),
    })),
  );
}

/** Keeps each answer by its parts, from now on. What the address of a call named is left out. */
function keepAnswers(app: FastifyInstance): readonly Place[] {
  const answers: Place[] = [];
  const inject = app.inject.bind(app) as (
    options: InjectOptions,
  ) => Promise<LightMyRequestResponse>;
  const kept = async (options: InjectOptions) => {
    const answer = await inject(options);
    const route = String(options.url)
      .replace(/\?(?!_method=).*$/s, '')
      .replaceAll(/_\w{26}(?=\/|\?|$)/g, '_ID');
    const { location, 'set-cookie': cookies, ...headers } = answer.headers;
    const parts = { body: answer.body, location, cookies, headers: JSON.stringify(headers) };
    for (const [part, text] of Object.entries(parts)) {
      const name = `${part} of ${options.method ?? 'GET'} ${route}`;
      if (text !== undefined) answers.push({ name, bytes: Buffer.from(String(text)) });
    }
    return answer;
  };
  app.inject = kept as FastifyInstance['inject'];
  return answers;
}

async function openMailServer(mails: string[]) {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString());
        done();
      });
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
