import { isId, type IdPrefix } from './id.ts';
import { hashSecret, Secret } from './secret.ts';

/**
 * What a bearer carries: the id of a row, and a secret of which the row holds the hash.
 * Tickets and client tokens have this form; the prefix keeps one kind from being taken
 * for another.
 */
export interface Credential {
  readonly id: string;
  readonly secretHash: string;
}

const separator = '_';
const idLength = 26;
const secretPattern = /^[\w-]{27}$/;

/** Writes `<prefix>_<id without its prefix>_<secret>`. URL-safe, 57 to 60 characters. */
export function writeCredential(prefix: string, id: string, secret: string): Secret {
  return new Secret([prefix, id.slice(-idLength), secret].join(separator));
}

/** Reads a credential of this kind; `undefined` when the text is none. */
export function readCredential(
  prefix: string,
  idPrefix: IdPrefix,
  text: string,
): Credential | undefined {
  if (!text.startsWith(prefix + separator)) return undefined;
  const rest = text.slice(prefix.length + 1);
  const id = `${idPrefix}_${rest.slice(0, idLength)}`;
  const secret = rest.slice(idLength + 1);
  if (rest.charAt(idLength) !== separator || !isId(idPrefix, id) || !secretPattern.test(secret)) {
    return undefined;
  }
  return { id, secretHash: hashSecret(secret) };
}
