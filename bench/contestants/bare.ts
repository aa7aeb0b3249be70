import path from 'node:path';
import { startChild } from '../child.ts';
import { writeRequest } from '../connection.ts';
import { type Contestant, type Operation, turns } from '../contestant.ts';
import { collect } from '../load.ts';

/** The script of both. */
export const bareScript = path.join(import.meta.dirname, '../servers/bare.ts');

/** How many sessions refresh and verify take turns in. */
const sessionCount = 200;

/** The floor, or the yardstick when it is grouped: see servers/bare.ts. */
export async function startBare(folder: string, isGrouped: boolean): Promise<Contestant> {
  const name = isGrouped ? 'yardstick' : 'floor';
  const args = [path.join(folder, `${name}.db`), ...(isGrouped ? ['grouped'] : [])];
  const child = await startChild(bareScript, args, { cwd: folder });
  const port = Number(child.firstLine);
  const call = async (route: string, bodies: readonly string[]) => {
    const requests = bodies.map((body) => plain(route, body));
    return (await collect(port, requests)).map(
      ({ body }) => JSON.parse(body.toString()) as Record<string, string>,
    );
  };
  const issue = async (count: number) =>
    (await call('/issue', Array<string>(count).fill('user_1'))).map(({ ticket = '' }) => ticket);
  const sessions = await call('/redeem', await issue(sessionCount));

  const bodies: Readonly<Record<Operation, (count: number) => Promise<readonly string[]>>> = {
    issue: async (count) => Array<string>(count).fill('user_1'),
    redeem: issue,
    refresh: async (count) =>
      turns(
        count,
        sessions.map(({ session = '' }) => session),
      ),
    verify: async (count) =>
      turns(
        count,
        sessions.map(({ token = '' }) => token),
      ),
  };
  return {
    name,
    port,
    pid: child.pid,
    marks: { issue: '"ticket":', redeem: '"session":', refresh: '"token":', verify: '"sid":' },
    prepare: async (operation, count) =>
      (await bodies[operation](count)).map((body) => plain(`/${operation}`, body)),
    stop: child.stop,
  };
}

function plain(route: string, body: string): Buffer {
  const head = writeRequest('POST', route, { headers: { 'content-length': String(body.length) } });
  return Buffer.concat([head, Buffer.from(body)]);
}
