import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port that nobody listens on at this moment: for programs that must be told theirs. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address === 'object' && address !== null) return address.port;
  throw new TypeError('the server has no port');
}
