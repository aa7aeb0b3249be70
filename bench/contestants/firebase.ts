import path from 'node:path';
import { startChild } from '../child.ts';
import { type Answer, writeRequest } from '../connection.ts';
import { type Contestant, turns } from '../contestant.ts';
import { collect } from '../load.ts';

const script = path.join(import.meta.dirname, '../peers/firebase.mjs');
const accounts = '/identitytoolkit.googleapis.com/v1/accounts';
const people = Array.from({ length: 200 }, (_, at) => `person${at}@example.com`);

interface Session {
  readonly idToken: string;
  readonly refreshToken: string;
}

/** Email links: their codes are used once. Everything is in memory, and no token is signed. */
export async function startFirebase(folder: string): Promise<Contestant> {
  const child = await startChild(script, [], { cwd: folder });
  const port = Number(child.firstLine);
  const headers = { authorization: 'Bearer owner' };
  const sending = '/identitytoolkit.googleapis.com/v1/projects/demo-bench/accounts:sendOobCode';
  const issuing = (count: number) =>
    turns(count, people).map((email) =>
      writeRequest('POST', sending, {
        headers,
        json: {
          requestType: 'EMAIL_SIGNIN',
          email,
          continueUrl: 'https://app.example.com',
          canHandleCodeInApp: true,
          returnOobLink: true,
        },
      }),
    );
  const redeeming = async (count: number) =>
    (await collect(port, issuing(count))).map((answer) => {
      const { oobCode, email } = read<{ oobCode: string; email: string }>(answer);
      return page(`${accounts}:signInWithEmailLink`, { email, oobCode });
    });
  const sessions = (await collect(port, await redeeming(people.length))).map(read<Session>);

  return {
    name: 'firebase',
    port,
    pid: child.pid,
    marks: { issue: 'oobCode', redeem: 'idToken', refresh: 'id_token', verify: 'localId' },
    prepare: async (operation, count) =>
      ({
        issue: () => issuing(count),
        redeem: () => redeeming(count),
        refresh: () =>
          turns(count, sessions).map(({ refreshToken }) =>
            page('/securetoken.googleapis.com/v1/token', {
              grant_type: 'refresh_token',
              refresh_token: refreshToken,
            }),
          ),
        verify: () =>
          turns(count, sessions).map(({ idToken }) => page(`${accounts}:lookup`, { idToken })),
      })[operation](),
    stop: child.stop,
  };
}

function page(route: string, json: unknown): Buffer {
  return writeRequest('POST', `${route}?key=bench`, { json });
}

function read<Shape>({ body }: Answer): Shape {
  return JSON.parse(body.toString()) as Shape;
}
