import type { DevelopmentKeysJSON } from '@willcall/contract';
import type { SecretKeys } from './connect.ts';
import { fetchPatiently } from './fetch.ts';

/**
 * The secret key that a development server on this machine hands out, asked for at the first
 * call and kept. A server that was started anew has a new one, so a refused key is asked for again.
 */
export function developmentKeys(apiUrl: string): SecretKeys {
  let asked: Promise<string> | undefined;
  let found: string | undefined;

  async function ask(): Promise<string> {
    try {
      found = await fetchSecretKey(apiUrl);
      return found;
    } catch (error) {
      asked = undefined;
      throw error;
    }
  }

  return {
    find: () => (asked ??= ask()),
    forget(refusedKey) {
      if (found === refusedKey) asked = undefined;
      return true;
    },
  };
}

async function fetchSecretKey(apiUrl: string): Promise<string> {
  const answer = await fetchPatiently(`${apiUrl}/.well-known/willcall-development`, {
    method: 'GET',
  });
  const keys = answer.ok ? (answer.body as DevelopmentKeysJSON | undefined) : undefined;
  if (typeof keys?.secret_key !== 'string') {
    throw new TypeError(
      `secretKey is missing: pass it or set WILLCALL_SECRET_KEY. The server at ${apiUrl} is no development server that hands out its own (HTTP ${answer.status}).`,
    );
  }
  return keys.secret_key;
}
