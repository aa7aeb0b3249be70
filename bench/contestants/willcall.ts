import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Child, startChild } from '../child.ts';
import { type Answer, type RequestParts, writeRequest } from '../connection.ts';
import { type Contestant, type Operation, shuffled, turns } from '../contestant.ts';
import { collect } from '../load.ts';

/** The built command line. */
export const command = path.join(import.meta.dirname, '../../packages/server/dist/cli.js');
const publicUrl = 'https://auth.example.com';
const { host } = new URL(publicUrl);

/** How many sessions refresh and verify take turns in, and users issue. */
const sessionCount = 200;

/** A session, and what its browser carries. */
export interface Signed {
  readonly id: string;
  readonly cookie: string;
}

/** An instance in a folder or a database. */
export interface Instance {
  readonly folder: string;
  readonly key: string;
}

/** Makes a production instance; its data lies in the folder, or in the PostgreSQL database. */
export async function makeInstance(folder: string, databaseUrl?: string): Promise<Instance> {
  const init = ['init', '--production', '--json', '--public-url', publicUrl];
  const { stdout } = await promisify(execFile)(process.execPath, [command, ...init], {
    cwd: folder,
    env: { ...process.env, ...(databaseUrl && { DATABASE_URL: databaseUrl }) },
  });
  const { secret_key: key } = JSON.parse(stdout) as { secret_key: string };
  return { folder, key };
}

/** Serves it as shipped. Only the limits of calls and the log are off. */
export function serveInstance({ folder }: Instance): Promise<Child> {
  const serve = ['serve', '--port', '0', '--env-file', 'willcall.env'];
  const env = { WILLCALL_RATE_LIMITS: 'off', WILLCALL_LOG_LEVEL: 'silent' };
  return startChild(command, serve, { cwd: folder, env });
}

/** The port that a served instance said. */
export function portOf({ firstLine }: Child): number {
  return Number(/port (\d+)/.exec(firstLine)?.[1]);
}

/**
 * The built server in production mode, over new data.
 *
 * @param people how many users there are, each with a session. Default: 200
 */
export async function startWillcall(
  name: string,
  folder: string,
  databaseUrl?: string,
  people = sessionCount,
): Promise<Contestant> {
  const instance = await makeInstance(folder, databaseUrl);
  const child = await serveInstance(instance);
  const calls = callsOf(instance.key);
  const port = portOf(child);
  const userIds = await calls.createUsers(port, people);
  const sessions = await calls.openSessions(port, userIds);
  return contest(name, instance, child, { userIds, sessions });
}

/** Who is in the store: the calls are about them, each time in another order. */
interface People {
  readonly userIds: readonly string[];
  readonly sessions: readonly Signed[];
}

/** A served instance as a contestant. */
export function contest(
  name: string,
  { key }: Instance,
  child: Child,
  { userIds, sessions }: People,
): Contestant {
  const port = portOf(child);
  const calls = callsOf(key);
  const prepare: Readonly<Record<Operation, (count: number) => Promise<readonly Buffer[]>>> = {
    issue: async (count) => drawn(count, userIds).map(calls.issue),
    redeem: (count) => calls.redemptions(port, drawn(count, userIds)),
    // A token that was just made is not to be given again.
    refresh: async (count) =>
      drawn(count, sessions).map(({ id, cookie }) =>
        page(`/v1/client/sessions/${id}/tokens?debug=skip_cache`, {}, cookie),
      ),
    async verify(count) {
      const asked = shuffled(sessions, Math.max(1, count));
      const asking = asked.map(({ id }) =>
        calls.backend('POST', `/v1/sessions/${id}/tokens`, { expires_in_seconds: 600 }),
      );
      const answers = await collect(port, asking);
      const minted = asked.map(({ id }, at) => ({
        id,
        token: read<{ jwt: string }>(answers[at] as Answer).jwt,
      }));
      return drawn(count, minted).map(({ id, token }) =>
        calls.backend('POST', `/v1/sessions/${id}/verify`, { token }),
      );
    },
  };
  return {
    name,
    port,
    pid: child.pid,
    marks,
    prepare: (operation, count) => prepare[operation](count),
    readToken: (operation, body) => tokenReaders[operation](JSON.parse(body.toString())),
    stop: child.stop,
  };
}

/** So many of them in turns: who comes next is nobody's neighbour, and comes again at any time. */
function drawn<Thing>(count: number, things: readonly Thing[]): Thing[] {
  return turns(count, shuffled(things));
}

const marks = {
  issue: '"object":"sign_in_token"',
  redeem: '"status":"complete"',
  refresh: '"jwt":',
  verify: '"status":"active"',
};

interface Redeemed {
  readonly client: {
    readonly sessions: readonly { readonly last_active_token: { readonly jwt: string } }[];
  };
}

const tokenReaders = {
  refresh: (answer: unknown) => (answer as { jwt: string }).jwt,
  redeem: (answer: unknown) => (answer as Redeemed).client.sessions[0]?.last_active_token.jwt ?? '',
};

/** The calls of a customer's server with this secret key, and of browsers. */
export function callsOf(key: string) {
  const backend = (method: 'GET' | 'POST', route: string, json?: unknown): Buffer =>
    writeRequest(method, route, { headers: { host, authorization: `Bearer ${key}` }, json });
  const issue = (userId: string) => backend('POST', '/v1/sign_in_tokens', { user_id: userId });

  async function createUsers(port: number, count: number): Promise<readonly string[]> {
    const creating = Array.from({ length: count }, (_, at) =>
      backend('POST', '/v1/users', { email_address: [`person${at}@example.com`] }),
    );
    return (await collect(port, creating)).map((each) => read<{ id: string }>(each).id);
  }
  async function issueTickets(
    port: number,
    ids: readonly string[],
  ): Promise<readonly { ticketId: string; ticket: string }[]> {
    return (await collect(port, ids.map(issue))).map((answer) => {
      const { id, token } = read<{ id: string; token: string }>(answer);
      return { ticketId: id, ticket: token };
    });
  }
  async function redemptions(port: number, ids: readonly string[]): Promise<readonly Buffer[]> {
    return (await issueTickets(port, ids)).map(({ ticket }) => redemption(ticket));
  }
  async function openSessions(port: number, ids: readonly string[]): Promise<readonly Signed[]> {
    return (await collect(port, await redemptions(port, ids))).map((answer) => {
      const { response } = read<{ response: { created_session_id: string } }>(answer);
      const cookies = [...answer.head.matchAll(/^set-cookie: ([^;\r]+)/gim)].map(
        ([, pair]) => pair,
      );
      return { id: response.created_session_id, cookie: cookies.join('; ') };
    });
  }
  return { backend, issue, createUsers, issueTickets, redemptions, openSessions };
}

/** The call with which a browser redeems a ticket. */
function redemption(ticket: string): Buffer {
  return page('/v1/client/sign_ins', { strategy: 'ticket', ticket });
}

function page(route: string, form: RequestParts['form'], cookie?: string): Buffer {
  return writeRequest('POST', route, { headers: { host, ...(cookie ? { cookie } : {}) }, form });
}

function read<Shape>({ body }: Answer): Shape {
  return JSON.parse(body.toString()) as Shape;
}
