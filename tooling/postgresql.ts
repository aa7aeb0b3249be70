import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, chmod, cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { type Cluster, prepareCluster } from './postgresql/cluster.ts';

/** A PostgreSQL server of the tests' own, on this machine alone. */
export interface PostgresServer {
  /** The address of one of its databases, for `DATABASE_URL`. It asks for the password in it. */
  url(database: string): string;
  /** Ends it as a power cut would: by `SIGKILL`, without a word to anybody. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with what was committed. */
  restart(): Promise<void>;
  /** Adds a replica of it, which takes over when it is told to. One at most. */
  replicate(mode: 'synchronous' | 'asynchronous'): Promise<Replica>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/** A copy of a server that follows it. */
export interface Replica {
  /** As the server's own; it takes no writes. */
  url(database: string): string;
  /** Ends it: what is committed from now on does not reach it. */
  stop(): Promise<void>;
  /** Kills the server, if it still runs, and takes its port and its work over. */
  takeOver(): Promise<void>;
}

/** Settings by which a test's whole server differs, such as `default_transaction_isolation`. */
export type ServerSettings = Readonly<Record<string, string>>;

/**
 * Starts a PostgreSQL from npm over a new cluster, as root or not; nothing need be installed.
 * It ends with this process, however that ends. Commits wait for no disk: a test that kills the
 * server, and not the machine, loses nothing by that; with `fsync: 'on'` they do wait, as shipped.
 */
export async function startPostgres(own: ServerSettings = {}): Promise<PostgresServer> {
  const cluster = await prepareCluster();
  const port = await freePort();
  const urlAt = (at: number) => (database: string) =>
    `postgresql://postgres:${cluster.password}@127.0.0.1:${at}/${database}`;
  let given = own;
  let data = cluster.data;
  let running = await start({ ...cluster, data }, port, given);
  const killServer = async () => {
    const [pid = ''] = (await readFile(path.join(data, 'postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(pid), 'SIGKILL');
    await end(running, 'keep');
  };
  return {
    url: urlAt(port),
    kill: killServer,
    async restart() {
      running = await start({ ...cluster, data }, port, given);
    },
    async replicate(mode) {
      await end(running, 'keep');
      const copy = { ...cluster, data: path.join(cluster.folder, 'replica') };
      await copyCluster(cluster, copy.data, port);
      if (mode === 'synchronous') given = { ...own, synchronous_standby_names: '*' };
      const followingPort = await freePort();
      let following = await start(copy, followingPort, own, follows);
      running = await start(cluster, port, given);
      return {
        url: urlAt(followingPort),
        stop: () => end(following, 'keep'),
        async takeOver() {
          if (!hasEnded(running)) await killServer();
          await end(following, 'keep');
          await rm(path.join(copy.data, 'standby.signal'));
          // It recovers to the end of what it has, and goes on in a timeline of its own.
          await writeFile(path.join(copy.data, 'recovery.signal'), '');
          await settle(copy, { primary_conninfo: '', restore_command: 'false' });
          ({ data } = copy);
          given = own;
          following = running = await start(copy, port, given);
        },
      };
    },
    async stop() {
      await end(running);
      await rm(cluster.folder, { recursive: true, force: true });
    },
  };
}

const run = promisify(execFile);

/** Copies a server that is at rest, as one that follows it. */
async function copyCluster(from: Cluster, data: string, port: number): Promise<void> {
  await cp(from.data, data, { recursive: true });
  const { password, identity } = from;
  await writeFile(path.join(data, 'standby.signal'), '');
  const primary = `host=127.0.0.1 port=${port} user=postgres password=${password}`;
  await settle({ data }, { primary_conninfo: primary });
  await chmod(data, 0o700);
  if (identity.uid !== undefined) await run('chown', ['-R', `${identity.uid}`, data]);
}

async function settle({ data }: Pick<Cluster, 'data'>, settings: ServerSettings): Promise<void> {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
  await appendFile(path.join(data, 'postgresql.auto.conf'), lines.join(''));
}

/** Without a sync for each commit, and without files for connections beside the port. */
const settings = ['fsync=off', 'max_connections=200', 'unix_socket_directories='];

/** The shell holds the pipe that ends with this process, and then ends the server and its data. */
const keeper =
  'folder=$1; shift; "$0" "$@" & server=$!; read -r word; kill -INT "$server"; wait "$server"; ' +
  '[ "$word" = keep ] || rm -rf "$folder"';

async function start(
  { folder, programs, data, identity }: Cluster,
  port: number,
  own: ServerSettings,
  isReady = leads,
): Promise<ChildProcess> {
  const differing = Object.entries(own).map(([name, value]) => `${name}=${value}`);
  const flags = [...settings, ...differing].flatMap((setting) => ['-c', setting]);
  const program = path.join(programs, 'postgres');
  const args = ['-D', data, '-h', '127.0.0.1', '-p', String(port), ...flags];
  // One that was killed may leave children behind for a moment, and none starts before they ended.
  for (let tries = 1; ; tries += 1) {
    const child = spawn('/bin/sh', ['-c', keeper, program, folder, ...args], {
      stdio: ['pipe', 'ignore', 'pipe'],
      ...identity,
    });
    const said = await firstWords(child, isReady);
    if (isReady.test(said)) return child;
    await end(child, 'keep');
    if (tries === 20) throw new Error(`PostgreSQL does not start:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What a server says once it takes writes, and one that follows another once it answers. */
const leads = /ready to accept connections/;
const follows = /ready to accept read-only connections/;

/** What the server says until it is ready or gives up. */
async function firstWords(child: ChildProcess, isReady: RegExp): Promise<string> {
  let said = '';
  for await (const chunk of child.stderr?.iterator({ destroyOnReturn: false }) ?? []) {
    said += String(chunk);
    // Who calls while it recovers is refused with a line like that of one that gives up.
    if (isReady.test(said) || /FATAL:(?! +the database system is)/.test(said)) break;
  }
  child.stderr?.resume();
  return said;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function end(child: ChildProcess, word = ''): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.stdin?.end(`${word}\n`);
  await ended;
}
