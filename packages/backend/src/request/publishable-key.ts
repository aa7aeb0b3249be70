import { cookieSuffix } from '@willcall/contract';
import { fetchPatiently } from '../connection/fetch.ts';
import { resolveApiUrl } from '../connection/settings.ts';
import { readVariable } from '../connection/variable.ts';

export interface PublishableKeyLocation {
  /**
   * The publishable key, `pk_…`, which names the instance's own cookies. Default: the variable
   * `WILLCALL_PUBLISHABLE_KEY`, else the server is asked once; with `jwtKey` or `jwksUrl` it is not.
   */
  readonly publishableKey?: string | undefined;
  readonly apiUrl?: string | undefined;
  readonly jwtKey?: string | undefined;
  readonly jwksUrl?: string | undefined;
}

const askedKeys = new Map<string, Promise<string | undefined>>();
const suffixes = new Map<string, Promise<string>>();

/** The suffix of the instance's cookies; `undefined` where it is not known without asking somebody. */
export async function findSuffix(location: PublishableKeyLocation): Promise<string | undefined> {
  const key =
    location.publishableKey ??
    readVariable('WILLCALL_PUBLISHABLE_KEY') ??
    (await askServer(location));
  if (key === undefined) return undefined;
  const known = suffixes.get(key);
  if (known) return known;
  const suffix = cookieSuffix(key);
  suffixes.set(key, suffix);
  return suffix;
}

async function askServer(location: PublishableKeyLocation): Promise<string | undefined> {
  if (location.jwtKey !== undefined || location.jwksUrl !== undefined) return undefined;
  const apiUrl = resolveApiUrl({ apiUrl: location.apiUrl });
  const known = askedKeys.get(apiUrl);
  if (known) return known;
  const asked = fetchPublishableKey(apiUrl).catch(() => undefined);
  askedKeys.set(apiUrl, asked);
  // An answer is kept, a failure is not.
  if ((await asked) === undefined) askedKeys.delete(apiUrl);
  return asked;
}

async function fetchPublishableKey(apiUrl: string): Promise<string | undefined> {
  const answer = await fetchPatiently(`${apiUrl}/v1/environment`, { method: 'GET' });
  if (!answer.ok) return undefined;
  const environment = answer.body as { willcall?: { publishable_key?: unknown } } | undefined;
  const key = environment?.willcall?.publishable_key;
  return typeof key === 'string' ? key : undefined;
}
