import { once } from 'node:events';
import { request as forward } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { generate } from 'selfsigned';

/** A proxy with TLS for several names, as the guide's Caddy or nginx would be. */
export interface TlsFront {
  readonly port: number;
  stop(): void;
}

/**
 * Passes each name on to a port of this machine, the Host kept and the forwarded headers set.
 * Each connection counts as one from an address of its own, as those of many people would.
 */
export async function startTlsFront(ports: Readonly<Record<string, number>>): Promise<TlsFront> {
  const addressOf = numberAddresses();
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'example.com' }]);
  const server = createServer({ key, cert }, (request, response) => {
    const headers = {
      ...request.headers,
      'x-forwarded-for': addressOf(request.socket),
      'x-forwarded-proto': 'https',
    };
    const port = ports[request.headers.host ?? ''];
    const onward = forward({
      port,
      host: '127.0.0.1',
      path: request.url,
      method: request.method,
      headers,
    });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, stop: () => server.close() };
}

function numberAddresses(): (socket: Socket) => string {
  const known = new WeakMap<Socket, string>();
  let count = 0;
  return (socket) => {
    const address = known.get(socket) ?? `192.0.2.${(count += 1)}`;
    known.set(socket, address);
    return address;
  };
}
