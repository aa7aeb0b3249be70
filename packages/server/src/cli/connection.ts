import { type Environment, readEnvironment } from '../config.ts';
import { defaultDataFolder } from './data-folder.ts';
import { readDevelopmentFile } from './development/secrets-file.ts';
import { Failure, UsageError } from './failure.ts';
import { converted, text } from './option.ts';
import { reach, readJson } from './request.ts';
import { dataOption } from './server-options.ts';

/** Where the running server is, and the key with which it is called. */
export interface Connection {
  readonly apiUrl: string;
  readonly secretKey: string;
}

/** The options of commands that call the running server. The key never stands on a command line. */
export const connectionOptions = {
  'api-url': converted(
    text(
      'url',
      'The running server. Default: WILLCALL_API_URL, else the development server of the data folder.',
    ),
    (written, name) => {
      if (URL.canParse(written) && /^https?:$/.test(new URL(written).protocol)) return written;
      throw new UsageError(`--${name} is an http or https address.`);
    },
  ),
  data: dataOption,
};

/**
 * Finds the server and a key for it: from the environment, else the development instance of
 * the data folder, else the development server itself, which tells programs on its own
 * machine. A key that was found goes to no other address than the one it belongs to.
 */
export async function findConnection(values: {
  readonly 'api-url': string | undefined;
  readonly data: string | undefined;
}): Promise<Connection> {
  const environment = readEnvironment(process.env);
  const file = readDevelopmentFile(values.data ?? environment.data ?? defaultDataFolder);
  const apiUrl = new URL(
    values['api-url'] ?? environment.apiUrl ?? file?.url ?? 'http://localhost:4000',
  ).origin;
  const known = environment.secretKey ?? (file?.url === apiUrl ? file.secret_key : undefined);
  const secretKey = known ?? (await askDevelopmentServer(apiUrl));
  if (secretKey === undefined) throw new Failure(explainMissingKey(apiUrl));
  refuseOpenRoad(apiUrl, environment);
  return { apiUrl, secretKey };
}

async function askDevelopmentServer(apiUrl: string): Promise<string | undefined> {
  if (!isLoopback(apiUrl)) return undefined;
  const body = await readJson(await reach(apiUrl, '/.well-known/willcall-development'));
  const { secret_key: secretKey } = (body ?? {}) as { secret_key?: unknown };
  return typeof secretKey === 'string' ? secretKey : undefined;
}

function explainMissingKey(apiUrl: string): string {
  return (
    `The server at ${apiUrl} needs a secret key. Set WILLCALL_SECRET_KEY; ` +
    "'willcall keys create' makes one beside the server."
  );
}

/** A production key must not travel where others can read it. */
function refuseOpenRoad(apiUrl: string, { secretKey }: Environment): void {
  if (!secretKey?.startsWith('sk_live_') || apiUrl.startsWith('https:') || isLoopback(apiUrl))
    return;
  throw new Failure(
    `${apiUrl} is not encrypted, and the key is one of production. Use an https address.`,
  );
}

function isLoopback(apiUrl: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(apiUrl).hostname);
}
