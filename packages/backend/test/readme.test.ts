import { createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { createWillcallClient, type WillcallClient } from '@willcall/backend';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { redeem } from './redeem.ts';
import { type RunningServer, startServer } from '../../../tooling/development-server.ts';
import { freePort } from '../../../tooling/free-port.ts';
import { readSnippets, runSnippet, startSnippet } from './snippets.ts';

const app = 'http://localhost:5173';

let server: RunningServer;
let willcall: WillcallClient;
let snippets: string[];
let env: Record<string, string>;
let userId: string;
let token: string;

beforeAll(async () => {
  server = await startServer();
  snippets = await readSnippets(new URL('../README.md', import.meta.url));
  env = { WILLCALL_API_URL: server.url, WILLCALL_SECRET_KEY: server.secret_key };
  willcall = createWillcallClient({ apiUrl: server.url });
  userId = (await willcall.users.createUser({ emailAddress: ['readme@example.com'] })).id;
  const issued = await willcall.signInTokens.createSignInToken({ userId });
  token = (await redeem(server.url, issued.token, app)).token;
}, 60_000);

afterAll(() => server?.stop());

const run: Record<string, (snippet: string) => Promise<void>> = {
  async 'Send this link'(snippet) {
    const { code, output } = await runSnippet(snippet, env);
    expect(code, output).toBe(0);
    const ticket =
      new URL(/https?:\S+/.exec(output)?.[0] ?? '').searchParams.get('__clerk_ticket') ?? '';
    const redeemed = await redeem(server.url, ticket, app);
    expect((await willcall.users.getUser(redeemed.userId)).primaryEmailAddress?.emailAddress).toBe(
      'ada@example.com',
    );
  },

  async 'is revoked now'(snippet) {
    const { data } = await willcall.users.getUserList({ emailAddress: 'ada@example.com' });
    const { id } = await willcall.signInTokens.createSignInToken({ userId: data[0]?.id ?? '' });
    expect(await runSnippet(snippet, env)).toEqual({ code: 0, output: `${id} is revoked now\n` });
    expect((await willcall.signInTokens.get(id)).status).toBe('revoked');
  },

  async 'handle(request'(snippet) {
    const call = `
      for (const headers of [{}, { authorization: 'Bearer ' + process.argv[2] }]) {
        const answer = await handle(new Request('${app}/', { headers }));
        console.log(answer.status, await answer.text());
      }`;
    const { output } = await runSnippet(snippet + call, env, { args: [token] });
    expect(output).toBe(`401 {"reason":"no_token"}\n200 {"userId":"${userId}"}\n`);
  },

  '@willcall/backend/express': answersMe,
  '@willcall/backend/fastify': answersMe,

  async WILLCALL_JWT_KEY(snippet) {
    const { keys } = await willcall.jwks.getJwks();
    const key = createPublicKey({ key: { ...keys[0] }, format: 'jwk' });
    // No server at this address: it must do without.
    const offline = {
      WILLCALL_API_URL: 'http://127.0.0.1:9',
      WILLCALL_JWT_KEY: key.export({ type: 'spki', format: 'pem' }).toString(),
    };
    const { sid } = await willcall.verifyToken(token);
    expect((await runSnippet(snippet, offline, { args: [token] })).output).toBe(
      `user ${userId}, session ${sid}\n`,
    );
    expect((await runSnippet(snippet, offline, { args: ['x'] })).output).toBe(
      'signed out: token_malformed\n',
    );
  },

  async user_unknown(snippet) {
    expect((await runSnippet(snippet, env)).output).toBe('404 resource_not_found\n');
  },
};

test.each(Object.entries(run))(
  'the snippet with %s does what it says',
  async (mark, check) => {
    const [snippet] = snippets.filter((each) => each.includes(mark));
    await check(snippet ?? '');
  },
  20_000,
);

test('no snippet is left out', () => {
  const marks = Object.keys(run);
  expect(snippets.map((snippet) => marks.filter((mark) => snippet.includes(mark)).length)).toEqual(
    marks.map(() => 1),
  );
});

async function answersMe(snippet: string): Promise<void> {
  const port = await freePort();
  const child = startSnippet(snippet, { ...env, PORT: String(port) });
  try {
    const ask = (headers: Record<string, string>) =>
      fetch(`http://localhost:${port}/me`, { headers });
    await expect.poll(() => ask({}).then(({ status }) => status, String)).toBe(401);
    const answer = await ask({ authorization: `Bearer ${token}` });
    expect(await answer.json()).toEqual({ userId });
  } finally {
    child.kill();
    await once(child, 'close');
  }
}
