import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
// A PostgreSQL from npm, of this repository's tests. Yours comes from elsewhere.
import { installMissing } from '../../tooling/bootstrap/install.mjs';
import { startPostgres } from '../../tooling/postgresql.ts';
import { startProxy } from './proxy.js';

const port = Number(process.env.PORT ?? 4000);
const nodeCount = 3;

const willcall = fileURLToPath(
  new URL('bin/cli.js', import.meta.resolve('@willcall/server/package.json')),
);
const folder = await mkdtemp(path.join(tmpdir(), 'willcall-cluster-'));
const config = path.join(folder, 'willcall.config.json');
// The address of the proxy, which is the one of all nodes.
await writeFile(config, JSON.stringify({ public_url: `http://localhost:${port}` }));

installMissing(fileURLToPath(new URL('../../tooling/postgresql', import.meta.url)));
const postgres = await startPostgres();

// The first one makes the tables, the keys and the demo user; the others find them.
const nodes = [await startNode()];
while (nodes.length < nodeCount) nodes.push(await startNode());
const proxy = await startProxy(
  nodes.map((node) => node.port),
  port,
);

for (const [at, node] of nodes.entries())
  console.log(`Node ${at + 1} is process ${node.process.pid} on port ${node.port}.`);
console.log(`The cluster is on http://localhost:${port}`);
console.log(`Secret key: ${nodes[0].secretKey}`);
console.log(`Sign in: ${nodes[0].link}`);

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop());

async function startNode() {
  const ownPort = await freePort();
  const data = path.join(folder, 'data');
  const args = ['dev', '--json', '--port', String(ownPort), '--data', data, '--config', config];
  const child = spawn(process.execPath, [willcall, ...args], {
    env: {
      ...process.env,
      DATABASE_URL: postgres.url('postgres'),
      WILLCALL_TRUSTED_PROXIES: '127.0.0.1',
      WILLCALL_RATE_LIMITS: 'on',
      // Longer than the proxy takes to see that a node is not ready any more.
      WILLCALL_DRAIN_SECONDS: '2',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    child.stdout.resume();
    const { sign_in_link: link, secret_key: secretKey } = JSON.parse(line);
    return { process: child, port: ownPort, link, secretKey };
  }
  throw new Error('A node ended before it was ready.');
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address();
  server.close();
  await once(server, 'close');
  return free;
}

async function stop() {
  proxy.close();
  proxy.closeAllConnections();
  await Promise.all(nodes.map((node) => end(node.process)));
  await postgres.stop();
  await rm(folder, { recursive: true });
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
