import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { startChild } from '../child.ts';
import { type RequestParts, writeRequest } from '../connection.ts';
import type { Contestant, Operation } from '../contestant.ts';
import { collect } from '../load.ts';
import { turns } from './bare.ts';

const command = path.join(import.meta.dirname, '../../packages/server/dist/cli.js');
const publicUrl = 'https://auth.example.com';

/** How many sessions refresh and verify take turns in. */
const sessionCount = 200;

interface Signed {
  readonly id: string;
  readonly cookie: string;
}

/** The built server in production mode, with a data folder of its own. Only the limits of calls are off. */
export async function startWillcall(folder: string): Promise<Contestant> {
  const init = ['init', '--production', '--json', '--public-url', publicUrl];
  const { stdout } = await promisify(execFile)(process.execPath, [command, ...init], {
    cwd: folder,
  });
  const { secret_key: key } = JSON.parse(stdout) as { secret_key: string };
  const serve = ['serve', '--port', '0', '--env-file', 'willcall.env'];
  const env = { WILLCALL_RATE_LIMITS: 'off', WILLCALL_LOG_LEVEL: 'silent' };
  const child = await startChild(command, serve, { cwd: folder, env });
  const port = Number(/port (\d+)/.exec(child.firstLine)?.[1]);
  const host = new URL(publicUrl).host;
  const backend = (method: 'GET' | 'POST', route: string, json?: unknown) =>
    writeRequest(method, route, { headers: { host, authorization: `Bearer ${key}` }, json });
  const page = (route: string, form: RequestParts['form'], cookie?: string) =>
    writeRequest('POST', route, { headers: { host, ...(cookie ? { cookie } : {}) }, form });

  const userIds = (
    await collect(
      port,
      Array.from({ length: sessionCount }, (_, at) =>
        backend('POST', '/v1/users', { email_address: [`person${at}@example.com`] }),
      ),
    )
  ).map(({ body }) => (JSON.parse(body.toString()) as { id: string }).id);

  const issuing = (count: number) =>
    turns(count, userIds).map((id) => backend('POST', '/v1/sign_in_tokens', { user_id: id }));
  const redeeming = async (count: number) =>
    (await collect(port, issuing(count))).map(({ body }) => {
      const { token } = JSON.parse(body.toString()) as { token: string };
      return page('/v1/client/sign_ins', { strategy: 'ticket', ticket: token });
    });
  const sessions = (await collect(port, await redeeming(sessionCount))).map(
    ({ head, body }): Signed => {
      const { response } = JSON.parse(body.toString()) as {
        response: { created_session_id: string };
      };
      const cookies = [...head.matchAll(/^set-cookie: ([^;\r]+)/gim)].map(([, pair]) => pair);
      return { id: response.created_session_id, cookie: cookies.join('; ') };
    },
  );

  const prepare: Readonly<Record<Operation, (count: number) => Promise<readonly Buffer[]>>> = {
    issue: async (count) => issuing(count),
    redeem: redeeming,
    refresh: async (count) =>
      turns(count, sessions).map(({ id, cookie }) =>
        page(`/v1/client/sessions/${id}/tokens?debug=skip_cache`, {}, cookie),
      ),
    async verify(count) {
      const asking = sessions.map(({ id }) =>
        backend('POST', `/v1/sessions/${id}/tokens`, { expires_in_seconds: 600 }),
      );
      const tokens = (await collect(port, asking)).map(
        ({ body }) => (JSON.parse(body.toString()) as { jwt: string }).jwt,
      );
      return turns(count, sessions).map(({ id }, at) =>
        backend('POST', `/v1/sessions/${id}/verify`, { token: tokens[at % tokens.length] }),
      );
    },
  };
  return {
    name: 'willcall',
    port,
    prepare: (operation, count) => prepare[operation](count),
    stop: child.stop,
  };
}
