import type { World } from './world.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Which kind of record an id names; the prefix is part of the id. */
export type IdPrefix =
  | 'act'
  | 'client'
  | 'dvb'
  | 'ent'
  | 'idn'
  | 'ins'
  | 'inv'
  | 'key'
  | 'mail'
  | 'org'
  | 'orginv'
  | 'orgmem'
  | 'ru'
  | 'sess'
  | 'sia'
  | 'sit'
  | 'sua'
  | 'tcn'
  | 'user';

/**
 * A new id: prefix, 10 characters of time, 16 characters of randomness (80 bits), in
 * Crockford's base 32. Ids of one kind sort by their creation, so that an index grows
 * at its end.
 */
export function newId(world: Pick<World, 'clock' | 'randomBytes'>, prefix: IdPrefix): string {
  return `${prefix}_${timePart(world.clock.now())}${randomPart(world.randomBytes(16))}`;
}

/** What every id of this kind that is made from this time on sorts after. Epoch milliseconds. */
export function idsFrom(prefix: IdPrefix, milliseconds: number): string {
  return `${prefix}_${timePart(Math.max(0, milliseconds))}`;
}

/** An id of the same form that stands for a text: `mac` is 32 bytes of an HMAC of it, base64url. */
export function derivedId(prefix: IdPrefix, mac: string): string {
  return `${prefix}_${randomPart(Buffer.from(mac, 'base64url').subarray(0, 26))}`;
}

/** Whether a text has the form of an id of this kind. */
export function isId(prefix: IdPrefix, text: string): boolean {
  return (
    text.startsWith(`${prefix}_`) && /^[0-9a-hjkmnp-tv-z]{26}$/.test(text.slice(prefix.length + 1))
  );
}

function timePart(milliseconds: number): string {
  let rest = milliseconds;
  let part = '';
  for (let digit = 0; digit < 10; digit++) {
    part = alphabet.charAt(rest % 32) + part;
    rest = Math.floor(rest / 32);
  }
  return part;
}

function randomPart(bytes: Uint8Array): string {
  let part = '';
  for (const byte of bytes) part += alphabet.charAt(byte & 31);
  return part;
}
