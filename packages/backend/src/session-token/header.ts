import { decodeProtectedHeader, type ProtectedHeaderParameters } from 'jose';
import { SessionTokenError } from './refusal.ts';

/** A session token is about 800 characters; what is much longer is not worth parsing. */
const maxLength = 16_384;

/**
 * The values of `cat` that may stand in a session token: the mark of its class, and the mark
 * that says to ignore classes. Templates and machine tokens of the same key have others
 * (protocol section 5).
 */
const sessionCategories: readonly unknown[] = ['cl_B7d4PD111AAA', 'cl_I7d4PD111III'];

/**
 * Reads a token's header and refuses what is no session token, before any key is looked for.
 * Keys named or carried by the header (`jku`, `x5u`, `jwk`) are never used.
 */
export function readHeader(token: string): ProtectedHeaderParameters {
  const header = parseHeader(token);
  if (header.alg !== 'RS256') {
    throw new SessionTokenError(
      'token_algorithm_refused',
      'A session token is signed with RS256, and this one is not.',
    );
  }
  if (header.typ !== undefined && header.typ !== 'JWT') {
    throw new SessionTokenError('token_type_refused', 'The token has a typ other than JWT.');
  }
  if (header['cat'] !== undefined && !sessionCategories.includes(header['cat'])) {
    throw new SessionTokenError(
      'token_category_refused',
      'The token is of another class than session tokens.',
    );
  }
  return header;
}

function parseHeader(token: string): ProtectedHeaderParameters {
  if (token.length <= maxLength) {
    try {
      return decodeProtectedHeader(token);
    } catch {
      // The refusal below says all that a caller can act on.
    }
  }
  throw new SessionTokenError('token_malformed', 'This is no JSON Web Token in three parts.');
}
