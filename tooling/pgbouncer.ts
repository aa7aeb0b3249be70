import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startProgram } from './foreign-program.ts';
import { freePort } from './free-port.ts';

/** A pooler in transaction mode before a PostgreSQL server. */
export interface Pooler {
  /** The address of a database by way of the pooler, given the server's own. */
  url(direct: string): string;
  stop(): Promise<void>;
}

/** Starts PgBouncer before a server. It gives a connection to each transaction anew. */
export async function startPgbouncer(program: string, server: string): Promise<Pooler> {
  const { hostname, port: serverPort, username, password } = new URL(server);
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-pgbouncer-'));
  const port = await freePort();
  const file = path.join(folder, 'pgbouncer.ini');
  // Whoever reaches the port is let in: it is on this machine alone, for the time of a test.
  const lines = [
    '[databases]',
    `* = host=${hostname} port=${serverPort} user=${username} password=${password}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'auth_type = any',
    'pool_mode = transaction',
    'default_pool_size = 6',
    // Each test has a database of its own, and the server is not to keep connections to all of them.
    'server_idle_timeout = 1',
    'max_client_conn = 1000',
    'unix_socket_dir =',
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  await chmod(folder, 0o755);
  const asNobody = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const pgbouncer = await startProgram(program, [...asNobody, file], 'process up');
  return {
    url(direct) {
      const url = new URL(direct);
      url.port = String(port);
      return url.href;
    },
    async stop() {
      await pgbouncer.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
