import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { type Cluster, prepareCluster } from './postgresql/cluster.ts';

/** A PostgreSQL server of the tests' own, on this machine alone. */
export interface PostgresServer {
  /** The address of one of its databases, for `DATABASE_URL`. It asks for the password in it. */
  url(database: string): string;
  /** Ends it as a power cut would: by `SIGKILL`, without a word to anybody. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with what was committed. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL from npm over a new cluster, as root or not; nothing need be installed.
 * It ends with this process, however that ends. Commits wait for no disk: a test that kills the
 * server, and not the machine, loses nothing by that. With `isDurable` they do wait, as shipped.
 */
export async function startPostgres({ isDurable = false } = {}): Promise<PostgresServer> {
  const cluster = await prepareCluster();
  const port = await freePort();
  const flags = isDurable ? ['fsync=on', ...settings] : ['fsync=off', ...settings];
  let running = await start(cluster, port, flags);
  return {
    url: (database) => `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/${database}`,
    async kill() {
      const [pid = ''] = (await readFile(pidFile(cluster), 'utf8')).split('\n');
      process.kill(Number(pid), 'SIGKILL');
      await end(running, 'keep');
    },
    async restart() {
      running = await start(cluster, port, flags);
    },
    async stop() {
      await end(running);
      await rm(cluster.folder, { recursive: true, force: true });
    },
  };
}

/** Without files for connections beside the port. */
const settings = ['max_connections=200', 'unix_socket_directories='];

/** The shell holds the pipe that ends with this process, and then ends the server and its data. */
const keeper =
  'folder=$1; shift; "$0" "$@" & server=$!; read -r word; kill -INT "$server"; wait "$server"; ' +
  '[ "$word" = keep ] || rm -rf "$folder"';

async function start(
  { folder, programs, data, identity }: Cluster,
  port: number,
  configured: readonly string[],
): Promise<ChildProcess> {
  const flags = configured.flatMap((setting) => ['-c', setting]);
  const program = path.join(programs, 'postgres');
  const args = ['-D', data, '-h', '127.0.0.1', '-p', String(port), ...flags];
  // One that was killed may leave children behind for a moment, and none starts before they ended.
  for (let tries = 1; ; tries += 1) {
    const child = spawn('/bin/sh', ['-c', keeper, program, folder, ...args], {
      stdio: ['pipe', 'ignore', 'pipe'],
      ...identity,
    });
    const said = await firstWords(child);
    if (said.includes('ready to accept connections')) return child;
    await end(child, 'keep');
    if (tries === 20) throw new Error(`PostgreSQL does not start:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What the server says until it is ready or gives up. */
async function firstWords(child: ChildProcess): Promise<string> {
  let said = '';
  for await (const chunk of child.stderr?.iterator({ destroyOnReturn: false }) ?? []) {
    said += String(chunk);
    // Who calls while it recovers is refused with a line like that of one that gives up.
    if (/ready to accept connections|FATAL:(?! +the database system is)/.test(said)) break;
  }
  child.stderr?.resume();
  return said;
}

async function end(child: ChildProcess, word = ''): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin?.end(`${word}\n`);
  await ended;
}

function pidFile({ data }: Cluster): string {
  return path.join(data, 'postmaster.pid');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address === 'object' && address !== null) return address.port;
  throw new TypeError('the server has no port');
}
