import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createSecretKey } from '../src/domain/key/secret-key.ts';
import { startServer } from '../src/main.ts';
import { serverOptions } from './server-options.ts';

test('a request that is under way is answered before the port closes, and what it wrote is kept', async () => {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'willcall-shutdown-'));
  const options = serverOptions(dataFolder);
  const server = await startServer(options);
  const { secret } = await createSecretKey(server.world, 'test');
  const body = JSON.stringify({
    email_address: ['last@example.com'],
    password: 'correct horse battery',
  });
  const socket = connect(server.port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  socket.write(
    `POST /v1/users HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${secret.reveal()}\r\n` +
      `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 10)}`,
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  const begunAt = Date.now();
  const closed = server.close();
  socket.write(body.slice(10));
  await closed;
  if (!socket.destroyed) await once(socket, 'close');
  // The patience that connections get is ten seconds: nobody waited for it.
  expect(Date.now() - begunAt).toBeLessThan(5000);
  expect(answer).toMatch(/^HTTP\/1\.1 200/);
  const late = connect(server.port, '127.0.0.1');
  const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNREFUSED');

  const again = await startServer(options);
  expect(
    await again.world.store.users.findByIdentification('email_address', 'last@example.com'),
  ).toBeDefined();
  await again.close();
  await rm(dataFolder, { recursive: true });
});
