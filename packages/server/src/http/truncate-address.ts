import { isIP } from 'node:net';

/**
 * The network of an address, which tells where a call came from and not from which machine:
 * /24 of IPv4, /48 of IPv6. `undefined` for what is no address.
 */
export function truncateAddress(address: string | undefined): string | undefined {
  // A zone is of this machine alone (RFC 4007); an IPv4 caller of an IPv6 socket is one of IPv4.
  const bare = address?.split('%')[0]?.replace(/^::ffff:(?=\d+\.)/i, '') ?? '';
  if (isIP(bare) === 4) return `${bare.split('.').slice(0, 3).join('.')}.0/24`;
  if (isIP(bare) !== 6) return undefined;
  const [head = '', tail] = bare.split('::');
  const before = groupsOf(head);
  const after = tail === undefined ? [] : groupsOf(tail);
  const isMixed = bare.includes('.');
  const zeros = tail === undefined ? 0 : (isMixed ? 7 : 8) - before.length - after.length;
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  const first = groups.slice(0, 3).map((group) => Number.parseInt(group, 16).toString(16));
  return `${first.join(':')}::/48`;
}

function groupsOf(part: string): string[] {
  return part === '' ? [] : part.split(':');
}
