import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import { boundShutdown } from './shutdown.ts';

async function listen(app: FastifyInstance): Promise<Socket> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  await Promise.all([once(socket, 'connect'), once(app.server, 'connection')]);
  return socket;
}

test.each([
  ['nothing at all', ''],
  ['half of a request', 'GET / HTTP/1.1\r\nhost: localhost\r\n'],
])(
  'a connection that has sent %s holds no shutdown up',
  async (_what, sent) => {
    const app = Fastify({ forceCloseConnections: 'idle' });
    boundShutdown(app);
    const socket = await listen(app);
    if (sent) await new Promise((resolve) => socket.write(sent, resolve));
    // Cut off in the middle of something, it is an error to the socket: that is the point.
    socket.on('error', () => {}).resume();
    const cut = new Promise((resolve) => socket.once('close', resolve));
    await app.close();
    await cut;
  },
  5000,
);

test('a request that is under way is answered first', async () => {
  const app = Fastify({ forceCloseConnections: 'idle' });
  boundShutdown(app);
  const asked = Promise.withResolvers<void>();
  const ready = Promise.withResolvers<void>();
  app.get('/', async () => {
    asked.resolve();
    await ready.promise;
    return 'done';
  });
  const socket = await listen(app);
  let answer = '';
  socket.on('data', (chunk) => (answer += String(chunk)));
  socket.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n');
  await asked.promise;
  const closing = app.close();
  ready.resolve();
  await Promise.all([closing, once(socket, 'close')]);
  expect(answer).toMatch(/^HTTP\/1\.1 200 [^]*done$/);
}, 5000);
