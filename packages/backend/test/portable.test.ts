import { createContext, runInContext } from 'node:vm';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as backend from '@willcall/backend';
import { redeem } from './redeem.ts';
import { type RunningServer, startServer } from '../../../tooling/development-server.ts';

/** What every place with `fetch` and WebCrypto has, and nothing of Node beside it. */
const ofTheWeb = {
  AbortController,
  AbortSignal,
  atob,
  btoa,
  clearTimeout,
  crypto,
  CryptoKey,
  fetch,
  Headers,
  Request,
  Response,
  setTimeout,
  structuredClone,
  TextDecoder,
  TextEncoder,
  Uint8Array,
  URL,
  URLSearchParams,
};

let server: RunningServer;
let code: string;

beforeAll(async () => {
  server = await startServer();
  code = await bundle();
}, 60_000);

afterAll(() => server?.stop());

test('the package asks for no built-in of Node', () => {
  expect(code.length).toBeGreaterThan(10_000);
  expect(code).not.toMatch(/["'`]node:|\brequire\(/);
});

test('it runs where there is fetch and WebCrypto, and nothing else of Node', async () => {
  const world = createContext({ ...ofTheWeb });
  runInContext(code, world);
  expect(runInContext('typeof process + typeof Buffer + typeof require', world)).toBe(
    'undefinedundefinedundefined',
  );
  const { createWillcallClient } = (world as { willcallBackend: typeof backend }).willcallBackend;
  const willcall = createWillcallClient({ apiUrl: server.url });
  const { id: userId } = await willcall.users.createUser({ emailAddress: ['edge@example.com'] });
  const { token } = await willcall.signInTokens.createSignInToken({ userId });
  const session = await redeem(server.url, token, 'http://localhost:5173');
  expect((await willcall.verifyToken(session.token)).sub).toBe(userId);
});

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['willcall-source', 'module', 'browser', 'production'] },
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('../src/index.ts', import.meta.url)),
        formats: ['iife'],
        name: 'willcallBackend',
      },
    },
  });
  const [first] = [built].flat();
  if (!first || !('output' in first)) throw new Error('Nothing was built.');
  return first.output[0].code;
}
