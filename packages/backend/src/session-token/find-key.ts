import {
  createRemoteJWKSet,
  type CryptoKey,
  importSPKI,
  type JWTVerifyGetKey,
  type ProtectedHeaderParameters,
} from 'jose';
import { resolveApiUrl } from '../connection/settings.ts';
import { SessionTokenError } from './refusal.ts';

/** Where the public key of session tokens comes from. The first one given counts, in this order. */
export interface KeyLocation {
  /** The public key as PEM (SPKI): verification needs no network then. `\n` may be written out. */
  readonly jwtKey?: string | undefined;
  /** The address of a JSON Web Key Set. */
  readonly jwksUrl?: string | undefined;
  /** The server's address, whose key set is asked. Default as for `createWillcallClient`. */
  readonly apiUrl?: string | undefined;
}

/** How long a key set counts as fresh. Milliseconds. */
const freshMs = 5 * 60_000;

/** How soon after a fetch an unknown key may cause another: tokens of a stranger must not flood the server. */
const cooldownMs = 10_000;

const pemKeys = new Map<string, Promise<CryptoKey>>();
const keySets = new Map<string, JWTVerifyGetKey>();

/** What finds the key that must have signed a token with this header. */
export async function findKey(
  location: KeyLocation,
  header: ProtectedHeaderParameters,
): Promise<JWTVerifyGetKey> {
  if (location.jwtKey !== undefined) {
    const key = await importPem(location.jwtKey);
    return () => key;
  }
  if (typeof header.kid !== 'string' || header.kid === '') {
    throw new SessionTokenError('token_key_unknown', 'The token does not name its key (kid).');
  }
  return keySetAt(
    location.jwksUrl ?? `${resolveApiUrl({ apiUrl: location.apiUrl })}/.well-known/jwks.json`,
  );
}

function importPem(pem: string): Promise<CryptoKey> {
  const known = pemKeys.get(pem);
  if (known) return known;
  const imported = importSPKI(pem.replaceAll('\\n', '\n'), 'RS256').catch(() => {
    // Without the cause: it could quote what was given, which might be a private key.
    throw new TypeError(
      'jwtKey must be an RSA public key as PEM, beginning with -----BEGIN PUBLIC KEY-----.',
    );
  });
  pemKeys.set(pem, imported);
  return imported;
}

function keySetAt(url: string): JWTVerifyGetKey {
  const known = keySets.get(url);
  if (known) return known;
  if (!URL.canParse(url)) throw new TypeError('jwksUrl must be an absolute address.');
  const keySet = createRemoteJWKSet(new URL(url), {
    cacheMaxAge: freshMs,
    cooldownDuration: cooldownMs,
  });
  keySets.set(url, keySet);
  return keySet;
}
