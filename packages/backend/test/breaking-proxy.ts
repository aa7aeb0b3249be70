import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * By an HTTP status, by cutting the connection, before the answer or in the middle of its body,
 * or by a body that does not go on.
 */
export type Break = number | 'cut' | 'cut in the body' | 'silent in the body';

/** A way to the server that breaks a number of times before it lets calls pass. */
export interface BreakingProxy {
  readonly url: string;
  /** The calls that arrived, broken ones too, as `METHOD path`. */
  readonly calls: string[];
  /** Breaks the next calls. */
  breakNext(times: number, how: Break): void;
  close(): void;
}

export async function startBreakingProxy(target: string): Promise<BreakingProxy> {
  let broken = 0;
  let how: Break = 'cut';
  const calls: string[] = [];
  const proxy = createServer((request, response) => void pass(request, response));

  async function pass(request: IncomingMessage, response: ServerResponse) {
    calls.push(`${request.method} ${request.url}`);
    if (broken > 0) {
      broken -= 1;
      if (how === 'cut') return request.socket.destroy();
      if (typeof how === 'string') {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
        const isCut = how === 'cut in the body';
        return response.write('{"object":', () => isCut && request.socket.destroy());
      }
      return response.writeHead(how, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
    }
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      headers: {
        authorization: request.headers.authorization ?? '',
        'content-type': 'application/json',
      },
      ...(request.method === 'POST' && { body: Buffer.concat(await request.toArray()) }),
    });
    response
      .writeHead(answer.status, { 'content-type': 'application/json' })
      .end(await answer.text());
  }

  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    calls,
    breakNext(times, by) {
      broken = times;
      how = by;
      calls.length = 0;
    },
    close: () => proxy.close(),
  };
}
