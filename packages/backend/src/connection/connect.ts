import { developmentKeys } from './development-keys.ts';
import {
  type ConnectionSettings,
  isLoopback,
  resolveApiUrl,
  resolveSecretKey,
} from './settings.ts';

/** A server that can be called. Opening one sends nothing. */
export interface Connection {
  /** Without a closing slash. */
  readonly apiUrl: string;
  readonly keys: SecretKeys;
}

/** Where the secret key comes from. */
export interface SecretKeys {
  find(): Promise<string>;
  /** Forgets a key that the server refused. Answers whether another try may bring a new one. */
  forget(refusedKey: string): boolean;
}

/** Reads the settings. Throws a `TypeError` that names the one that is missing or wrong. */
export function connect(settings: ConnectionSettings): Connection {
  const secretKey = resolveSecretKey(settings);
  const apiUrl = resolveApiUrl({ ...settings, secretKey });
  if (secretKey !== undefined) return { apiUrl, keys: givenKey(secretKey) };
  if (isLoopback(apiUrl)) return { apiUrl, keys: developmentKeys(apiUrl) };
  throw new TypeError(
    'secretKey is missing: pass it or set WILLCALL_SECRET_KEY. Only a development server on this machine hands out its own.',
  );
}

function givenKey(secretKey: string): SecretKeys {
  return { find: () => Promise.resolve(secretKey), forget: () => false };
}
