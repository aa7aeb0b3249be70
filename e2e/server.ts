import path from 'node:path';
import { createWillcallClient, type User, type WillcallClient } from '@willcall/backend';
import { type BackendCall, backendApi } from './backend-api.ts';
import { root, startProcess } from './process.ts';

/** The command `willcall`, as it is published: `npm test` builds it first. */
export const willcallCommand = path.join(root, 'packages/server/dist/cli.js');

/** A development server with an empty database and a demo user. */
export interface Server {
  readonly url: string;
  readonly secretKey: string;
  /** A link to the hosted page that nobody has opened. */
  readonly signInLink: string;
  /** Its Backend API. */
  readonly api: WillcallClient;
  /** The part of it that `api` has no methods for. */
  readonly call: BackendCall;
  /** A new user with an address of her own that takes the fixed code of tests. */
  addUser(fields?: UserFields): Promise<Person>;
  /** Ends the process; what it kept is gone. */
  stop(): Promise<void>;
  /** Ends the process without a warning. */
  kill(): Promise<void>;
}

export interface UserFields {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly password?: string;
  /** In place of a test address: codes come by mail. */
  readonly email?: string;
}

/** A user as a story speaks of one. */
export interface Person {
  readonly user: User;
  readonly email: string;
}

/** Starts `willcall dev --ephemeral` and waits until it answers. */
export function startServer(port = 0, ...options: string[]): Promise<Server> {
  return startDevelopment(port, ['--ephemeral', ...options]);
}

/** Starts `willcall dev`, so many days from now by its own clock, and waits until it answers. */
export async function startDevelopment(
  port: number,
  options: readonly string[],
  daysAhead = 0,
): Promise<Server> {
  const command = [willcallCommand, 'dev', '--json', '--port', String(port), ...options];
  const args = daysAhead === 0 ? command : ['--import', clockAhead(daysAhead), ...command];
  const { ready, stop, kill } = await startProcess(args, { isReady: /^(\{.*\})$/m });
  const started = JSON.parse(ready[0]) as { url: string; secret_key: string; sign_in_link: string };
  const { url, secret_key: secretKey } = started;
  const api = createWillcallClient({ apiUrl: url, secretKey });
  return {
    ...{ url, secretKey, api, stop, kill },
    signInLink: started.sign_in_link,
    call: backendApi(url, secretKey),
    addUser: (fields) => addUser(api, fields),
  };
}

/** A module that sets the clock of the process which loads it first. */
function clockAhead(days: number): string {
  const milliseconds = days * 86_400_000;
  const source = `const { now } = Date; Date.now = () => now() + ${milliseconds};`;
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

let added = 0;

async function addUser(api: WillcallClient, fields: UserFields = {}): Promise<Person> {
  added += 1;
  const { email = `person${added}+clerk_test@example.com`, ...profile } = fields;
  const user = await api.users.createUser({ firstName: 'Ada', ...profile, emailAddress: [email] });
  return { user, email };
}
