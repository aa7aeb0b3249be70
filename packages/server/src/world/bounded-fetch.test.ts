import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boundedFetch } from './bounded-fetch.ts';

let server: Server;
let base: string;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/large') return response.end('x'.repeat(1_048_577));
    if (request.url === '/largest') return response.end('x'.repeat(1_048_576));
    if (request.url === '/moved') return response.writeHead(302, { location: '/elsewhere' }).end();
    if (request.url === '/broken') return response.writeHead(502).end();
    // `/silent` never answers.
    return request.url === '/silent' ? undefined : response.end('fine');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function call(path: string, isAllowed = true): Promise<Response> {
  const options = { method: 'GET', headers: {}, body: undefined, redirect: 'manual' } as const;
  return boundedFetch(() => isAllowed)(base + path, {
    ...options,
    signal: AbortSignal.timeout(path === '/silent' ? 300 : 30_000),
  });
}

test('a provider is read up to a megabyte', async () => {
  expect(await (await call('/')).text()).toBe('fine');
  expect((await (await call('/largest')).text()).length).toBe(1_048_576);
  await expect(call('/large')).rejects.toMatchObject({ code: 'ANSWER_TOO_LARGE' });
});

test('a redirect is not followed', async () => {
  expect((await call('/moved')).status).toBe(302);
  expect(asked).not.toContain('/elsewhere');
});

test.each([
  ['that fails', '/broken', 'HTTP_502'],
  ['that keeps silent', '/silent', 'NO_ANSWER'],
])('a provider %s counts as one that cannot be reached', async (_what, path, code) => {
  await expect(call(path)).rejects.toMatchObject({
    code,
    message: 'the provider cannot be reached',
  });
});

test('an address that is not allowed is not called', async () => {
  await expect(call('/never', false)).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
  expect(asked).not.toContain('/never');
});
