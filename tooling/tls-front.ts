import { once } from 'node:events';
import { type IncomingHttpHeaders, request as forward } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { generate } from 'selfsigned';

/** What stands behind a name. */
export interface Backstage {
  readonly port: number;
  /** The Host that it is called by. Default: the one that the browser sent. */
  readonly host?: string;
}

/** A proxy with TLS in front of several names, as an operator would run one. */
export interface TlsFront {
  readonly port: number;
  /** The headers of the last request that each name got for a page. */
  readonly lastPage: (name: string) => IncomingHttpHeaders | undefined;
  stop(): void;
}

/**
 * Starts it on a free port. The certificate is its own.
 *
 * @param addressOf whom it says that a connection comes from. Default: its real address
 */
export async function startTlsFront(
  names: Readonly<Record<string, Backstage>>,
  addressOf = ({ remoteAddress }: Socket) => remoteAddress,
): Promise<TlsFront> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'example.test' }]);
  const pages = new Map<string, IncomingHttpHeaders>();
  const server = createServer({ key, cert }, (request, response) => {
    const name = request.headers.host ?? '';
    const target = names[name];
    if (!target) return response.writeHead(421).end();
    if (request.headers['sec-fetch-dest'] === 'document') pages.set(name, request.headers);
    const onward = forward({
      host: '127.0.0.1',
      port: target.port,
      path: request.url,
      method: request.method,
      headers: {
        ...request.headers,
        host: target.host ?? name,
        'x-forwarded-for': addressOf(request.socket),
        'x-forwarded-proto': 'https',
        'x-forwarded-host': name,
      },
    });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    return request.pipe(onward);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    lastPage: (name) => pages.get(name),
    stop: () => server.close(),
  };
}

/** Gives each connection an address of its own, as those of many people have. */
export function numberedAddresses(): (socket: Socket) => string {
  const known = new WeakMap<Socket, string>();
  let count = 0;
  return (socket) => {
    const address = known.get(socket) ?? `192.0.2.${(count += 1)}`;
    known.set(socket, address);
    return address;
  };
}
