import { createWillcallClient } from '@willcall/backend';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../../tooling/development-server.ts';
import { readSnippets, runSnippet } from '../../backend/test/snippets.ts';
import { type RunningApp, serveApp } from './app/serve.ts';

const folder = new URL('..', import.meta.url);

let server: RunningServer;
let app: RunningApp;
let snippets: string[];

beforeAll(async () => {
  server = await startServer();
  app = await serveApp(server.url);
  snippets = await readSnippets(new URL('README.md', folder));
  const { users } = createWillcallClient({ apiUrl: server.url });
  await users.createUser({ emailAddress: ['bob+clerk_test@example.com'] });
}, 60_000);

afterAll(async () => {
  app?.stop();
  await server?.stop();
});

test('every snippet passes, one after the other', async () => {
  expect(snippets.length).toBe(3);
  for (const snippet of snippets) {
    const name = /test\('(.+?)'/.exec(snippet)?.[1];
    const printed = await run(
      snippet.replace("'@playwright/test'", "'./test/playwright-fixture.ts'"),
    );
    expect(printed).toEqual({ code: 0, output: `passed: ${name}\n` });
    await givePassword();
  }
}, 60_000);

function run(snippet: string): ReturnType<typeof runSnippet> {
  return runSnippet(snippet, { WILLCALL_API_URL: server.url, BASE_URL: app.url }, { folder });
}

/** The first snippet makes Ada; the second takes her to have a password. */
async function givePassword(): Promise<void> {
  const { users } = createWillcallClient({ apiUrl: server.url });
  const { data } = await users.getUserList({ emailAddress: 'ada@example.com' });
  await users.updateUser(data[0]?.id ?? '', { password: 'a row of eleven seats' });
}
