import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWillcallClient } from '@willcall/backend';
import { getAuth, requireAuth, willcallMiddleware } from '@willcall/backend/express';
import * as forFastify from '@willcall/backend/fastify';
import { redeem } from './redeem.ts';
import { type RunningServer, startServer } from '../../../tooling/development-server.ts';

const app = 'http://localhost:5173';

let server: RunningServer;
let userId: string;
let token: string;

beforeAll(async () => {
  server = await startServer();
  const willcall = createWillcallClient({ apiUrl: server.url, secretKey: server.secret_key });
  userId = (await willcall.users.createUser({ emailAddress: ['adapter@example.com'] })).id;
  const issued = await willcall.signInTokens.createSignInToken({ userId });
  token = (await redeem(server.url, issued.token, app)).token;
}, 60_000);

afterAll(() => server?.stop());

describe.each([
  ['Connect and Express', startConnectApp],
  ['Fastify', startFastifyApp],
])('%s', (_name, start) => {
  let url: string;
  let close: () => unknown;

  beforeAll(async () => {
    ({ url, close } = await start({ apiUrl: server.url, authorizedParties: [app] }));
  });
  afterAll(() => close?.());

  test.each([
    ['a bearer token', () => ({ authorization: `Bearer ${token}` })],
    ['the session cookie', () => ({ cookie: `__session=${token}` })],
  ])('%s reaches the route with its user', async (_way, headers) => {
    const answer = await fetch(`${url}/me`, { headers: headers() });
    expect([answer.status, await answer.json()]).toEqual([200, { userId }]);
  });

  test('who is signed out is answered 401 and does not reach the route', async () => {
    const answer = await fetch(`${url}/me`, { headers: { cookie: '__session=stale' } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.json()).toMatchObject({ errors: [{ code: 'authentication_invalid' }] });
  });

  test('an open route sees that nobody is signed in, and why', async () => {
    expect(await (await fetch(`${url}/open`)).json()).toEqual({ reason: 'no_token' });
  });

  test('without the keys of the server the answer is 503, for nobody can be known', async () => {
    const lost = await start({ apiUrl: 'http://127.0.0.1:9', authorizedParties: [app] });
    const answer = await fetch(`${lost.url}/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(503);
    await lost.close();
  });

  test('wrong options are told at start', async () => {
    await expect(start({ apiUrl: server.url, authorizedParties: [] })).rejects.toThrow(
      'authorizedParties',
    );
  });
});

test('getAuth without the middleware is a TypeError that says what to register', () => {
  expect(() => getAuth({ headers: {} })).toThrow('Register the middleware');
});

interface Started {
  url: string;
  close: () => unknown;
}

type Options = Parameters<typeof willcallMiddleware>[0];

/** A server of Node's own that calls middleware in turn, as Connect and Express do. */
async function startConnectApp(options: Options): Promise<Started> {
  const middleware = willcallMiddleware(options);
  const guard = requireAuth();
  const listener: Server = createServer((request, response) => {
    middleware(request, response, (error) => {
      if (error) return response.writeHead(500).end();
      if (request.url === '/open')
        return response.end(JSON.stringify({ reason: getAuth(request).reason }));
      guard(request, response, () =>
        response.end(JSON.stringify({ userId: getAuth(request).userId })),
      );
    });
  });
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    close: () => listener.close(),
  };
}

async function startFastifyApp(options: Options = {}): Promise<Started> {
  const listener: FastifyInstance = fastify();
  await listener.register(forFastify.willcallPlugin, options);
  listener.get('/open', async (request) => ({ reason: forFastify.getAuth(request).reason }));
  listener.get('/me', { preHandler: forFastify.requireAuth }, async (request) => ({
    userId: forFastify.getAuth(request).userId,
  }));
  return {
    url: await listener.listen({ port: 0, host: '127.0.0.1' }),
    close: () => listener.close(),
  };
}
