import { isIP } from 'node:net';

/**
 * The network of an address, which tells where a call came from and not from which machine:
 * /24 of IPv4, /48 of IPv6. `undefined` for what is no address.
 */
export function truncateAddress(address: string | undefined): string | undefined {
  const bare = bareAddress(address ?? '');
  if (isIP(bare) === 4) return `${bare.split('.').slice(0, 3).join('.')}.0/24`;
  return isIP(bare) === 6 ? networkOf(bare, 48) : undefined;
}

/**
 * Whom a rate limit counts as one: an IPv4 address, and of IPv6 the /64 in which whoever has
 * one address has all the others (RFC 6177). What is no address is one as it stands.
 */
export function limitedNetwork(address: string): string {
  const bare = bareAddress(address);
  return isIP(bare) === 6 ? networkOf(bare, 64) : bare;
}

/**
 * The address without the port that some proxies write behind it (RFC 7239, section 6);
 * `undefined` for what is no address.
 */
export function addressIn(text: string | undefined): string | undefined {
  const [, six, four] = /^\[([^\]]*)\](?::\d+)?$|^([\d.]+):\d+$/.exec(text ?? '') ?? [];
  const address = six ?? four ?? text ?? '';
  return isIP(address) === 0 ? undefined : address;
}

/** A zone is of this machine alone (RFC 4007); an IPv4 caller of an IPv6 socket is one of IPv4. */
function bareAddress(address: string): string {
  return ((addressIn(address) ?? address).split('%')[0] ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
}

function networkOf(address: string, bits: 48 | 64): string {
  const [head = '', tail] = address.split('::');
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const isMixed = address.includes('.');
  const zeros = tail === undefined ? 0 : (isMixed ? 7 : 8) - before.length - after.length;
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  const first = groups.slice(0, bits / 16).map((group) => Number.parseInt(group, 16).toString(16));
  return `${first.join(':')}::/${bits}`;
}

function groupsOf(part: string): string[] {
  return part === '' ? [] : part.split(':');
}
