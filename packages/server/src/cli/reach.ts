import { hostname, networkInterfaces } from 'node:os';

/** Who can reach a server that listens on an address, and by which names. */
export interface Reach {
  /** Other machines can. */
  readonly isOpen: boolean;
  /** The name for links, in brackets where it is an IPv6 address. */
  readonly publicHost: string;
  /** All names by which a request may call the server. */
  readonly hostNames: readonly string[];
}

/** The reach of a development server. Listening on all addresses, the first of the local network is shown. */
export function reachOf(listenHost: string): Reach {
  if (/^(localhost|127(\.\d+){3}|::1)$/i.test(listenHost)) {
    return { isOpen: false, publicHost: 'localhost', hostNames: [inAddress(listenHost)] };
  }
  if (listenHost !== '0.0.0.0' && listenHost !== '::') {
    return { isOpen: true, publicHost: inAddress(listenHost), hostNames: [inAddress(listenHost)] };
  }
  const addresses = outsideAddresses();
  const name = hostname().toLowerCase();
  return {
    isOpen: true,
    publicHost: addresses[0] ?? 'localhost',
    hostNames: [...addresses, name, `${name}.local`],
  };
}

/** The addresses under which other machines know this one, IPv4 first. */
function outsideAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const outside = all.filter(({ internal, scopeid }) => !internal && !scopeid);
  const sorted = outside.toSorted((a, b) => a.family.localeCompare(b.family));
  return sorted.map(({ address }) => inAddress(address));
}

function inAddress(host: string): string {
  return host.includes(':') ? `[${host.toLowerCase()}]` : host.toLowerCase();
}
