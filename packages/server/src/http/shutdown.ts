import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long an answer may take once the server is told to end. Milliseconds. */
const patience = 10_000;

/**
 * Lets a shutdown end. Node waits for every open connection, also for those that browsers
 * open ahead and never use: they are cut at once. Requests that are under way get ten seconds.
 */
export function boundShutdown(app: FastifyInstance): void {
  const unused = new Set<Socket>();
  let isClosing = false;
  app.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', ({ socket }: { socket: Socket }) => unused.delete(socket));
  // The last answer of a connection says so; kept alive, it would be waited for.
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing) reply.header('connection', 'close');
    done();
  });
  app.addHook('preClose', async () => {
    isClosing = true;
    for (const socket of unused) socket.destroy();
    setTimeout(() => app.server.closeAllConnections(), patience).unref();
  });
}
