import type { IdPrefix } from '../id.ts';
import { type Credential, readCredential, writeCredential } from '../credential.ts';
import type { Secret } from '../secret.ts';
import type { TokenKind } from './sign-in-token.ts';

/** What a ticket of each kind begins with, and what its record's id does. */
const forms: Readonly<Record<TokenKind, { ticket: string; id: IdPrefix }>> = {
  sign_in_token: { ticket: 'wct', id: 'sit' },
  actor_token: { ticket: 'wca', id: 'act' },
};

/** The prefix of a token's id. */
export function idPrefixOf(kind: TokenKind): IdPrefix {
  return forms[kind].id;
}

/** The ticket of a token: 58 URL-safe characters, 160 random bits, short enough for a small QR code. */
export function writeTicket(kind: TokenKind, tokenId: string, secret: string): Secret {
  return writeCredential(forms[kind].ticket, tokenId, secret);
}

/** Reads a ticket that signs in; `undefined` when the text is none. */
export function readTicket(text: string): Credential | undefined {
  for (const { ticket, id } of Object.values(forms)) {
    const credential = readCredential(ticket, id, text);
    if (credential) return credential;
  }
  return undefined;
}
