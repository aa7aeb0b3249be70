import path from 'node:path';
import { startChild } from '../child.ts';
import { type Answer, writeRequest } from '../connection.ts';
import { type Contestant, turns } from '../contestant.ts';
import { collect } from '../load.ts';

const script = path.join(import.meta.dirname, '../peers/oidc-provider.mjs');
const client = { client_id: 'bench', client_secret: 'a secret of the benchmark' };
const accounts = Array.from({ length: 200 }, (_, at) => `person${at}`);

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

/** A ticket is an authorization code here, a session a refresh token, and verify its introspection endpoint. */
export async function startOidcProvider(folder: string): Promise<Contestant> {
  const child = await startChild(script, [], { cwd: folder });
  const port = Number(child.firstLine);
  const issuing = (count: number) =>
    turns(count, accounts).map((account) =>
      writeRequest('POST', `/issue/${account}`, { form: {} }),
    );
  const redeeming = async (count: number) =>
    (await collect(port, issuing(count))).map((answer) =>
      post('/token', {
        grant_type: 'authorization_code',
        redirect_uri: 'https://app.example.com/callback',
        code: read<{ code: string }>(answer).code,
      }),
    );
  const sessions = (await collect(port, await redeeming(accounts.length))).map(read<Tokens>);

  return {
    name: 'oidc-provider',
    port,
    pid: child.pid,
    marks: {
      issue: '"code":',
      redeem: '"id_token":',
      refresh: '"id_token":',
      verify: '"active":true',
    },
    prepare: async (operation, count) =>
      ({
        issue: () => issuing(count),
        redeem: () => redeeming(count),
        refresh: () =>
          turns(count, sessions).map((session) =>
            post('/token', { grant_type: 'refresh_token', refresh_token: session.refresh_token }),
          ),
        verify: () =>
          turns(count, sessions).map((session) =>
            post('/token/introspection', { token: session.access_token }),
          ),
      })[operation](),
    stop: child.stop,
  };
}

function post(route: string, form: Readonly<Record<string, string>>): Buffer {
  return writeRequest('POST', route, { form: { ...client, ...form } });
}

function read<Shape>({ body }: Answer): Shape {
  return JSON.parse(body.toString()) as Shape;
}
