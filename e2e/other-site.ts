import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A site of somebody else, which writes down what browsers tell it. */
export interface OtherSite {
  readonly url: string;
  /** The calls since the last time, oldest first. */
  take(): readonly HeardCall[];
  close(): Promise<void>;
}

export interface HeardCall {
  readonly path: string;
  /** Its address and all of its headers, `Referer` among them. */
  readonly heard: string;
}

/** Opens it on a free port. It answers pages and pictures. */
export async function openOtherSite(): Promise<OtherSite> {
  const calls: HeardCall[] = [];
  const server = createServer((request, response) => {
    const { url = '', rawHeaders } = request;
    calls.push({ path: url, heard: [url, ...rawHeaders].join('\n') });
    const [type, body] = url.endsWith('.svg') ? picture : page;
    response.writeHead(200, { 'content-type': type }).end(body);
  });
  await once(server.listen(0, 'localhost'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    take: () => calls.splice(0),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const page = [
  'text/html',
  '<!doctype html><title>Elsewhere</title><h1>The other site</h1>',
] as const;

const picture = ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'] as const;
