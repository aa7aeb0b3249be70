import path from 'node:path';
import { startChild } from '../child.ts';
import { type Answer, writeRequest } from '../connection.ts';
import { type Contestant, turns } from '../contestant.ts';
import { collect } from '../load.ts';

const script = path.join(import.meta.dirname, '../peers/better-auth.mjs');
const origin = 'https://auth.example.com';
const sessionCount = 200;

/**
 * One Better Auth server as two contestants: magic links, and one-time tokens. The second
 * hands a session that there is over to another browser; what it does after that is the same.
 */
export async function startBetterAuth(
  name: string,
  folder: string,
  databaseUrl?: string,
): Promise<readonly Contestant[]> {
  const place = databaseUrl ?? path.join(folder, 'better-auth.db');
  const child = await startChild(script, [place], { cwd: folder });
  const port = Number(child.firstLine);

  const addresses = Array.from({ length: sessionCount }, (_, at) => `person${at}@example.com`);
  const mailing = (count: number) =>
    turns(count, addresses).map((email) => post('/api/auth/sign-in/magic-link', { email }));
  async function magicLinks(count: number): Promise<readonly Buffer[]> {
    await collect(port, [get('/mailed')]);
    await collect(port, mailing(count));
    const [answer] = await collect(port, [get('/mailed')]);
    const tokens = JSON.parse((answer as Answer).body.toString()) as string[];
    return tokens.map((token) => get(`/api/auth/magic-link/verify?token=${token}`));
  }
  const cookies = (await collect(port, await magicLinks(sessionCount))).map(({ head }) =>
    [...head.matchAll(/^set-cookie: ([^;\r]+)/gim)].map(([, pair]) => pair).join('; '),
  );
  const ask = (count: number, route: string) =>
    turns(count, cookies).map((cookie) => get(route, cookie));
  const generating = (count: number) => ask(count, '/api/auth/one-time-token/generate');

  const marks = {
    issue: '"status":true',
    redeem: '"token":',
    refresh: '"token":',
    verify: '"session":',
  };
  const server = { port, pid: child.pid };
  return [
    {
      name,
      ...server,
      marks,
      prepare: async (operation, count) =>
        ({
          issue: () => mailing(count),
          redeem: () => magicLinks(count),
          refresh: () => ask(count, '/api/auth/token'),
          verify: () => ask(count, '/api/auth/get-session'),
        })[operation](),
      stop: child.stop,
    },
    {
      name: `${name}-ott`,
      ...server,
      marks: { ...marks, issue: '"token":' },
      operations: ['issue', 'redeem'],
      async prepare(operation, count) {
        if (operation === 'issue') return generating(count);
        return (await collect(port, generating(count))).map(({ body }) =>
          post('/api/auth/one-time-token/verify', JSON.parse(body.toString())),
        );
      },
      stop: async () => {},
    },
  ];
}

function post(route: string, json: unknown): Buffer {
  return writeRequest('POST', route, { headers: { host: new URL(origin).host, origin }, json });
}

function get(route: string, cookie?: string): Buffer {
  const headers = { host: new URL(origin).host, ...(cookie && { cookie }) };
  return writeRequest('GET', route, { headers });
}
