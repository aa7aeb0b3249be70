/** The parts of an address, as browsers read it. */
export interface WebAddress extends Readonly<
  Pick<URL, 'href' | 'origin' | 'hostname' | 'pathname'>
> {
  /** Neither a query nor a fragment ends it. */
  readonly isBare: boolean;
}

/** More pages than instances have; each is at most as long as the wire allows. */
const most = 100;
const known = new Map<string, WebAddress>();

/**
 * Reads the address of a page that was allowed, or of ours. They are few and come again with each
 * call, and reading one costs more than all else that is done with it. Throws a `TypeError` for
 * what is no absolute address.
 */
export function readWebAddress(text: string): WebAddress {
  const earlier = known.get(text);
  if (earlier) return earlier;
  const { href, origin, hostname, pathname } = new URL(text);
  const address = { href, origin, hostname, pathname, isBare: !/[?#]/.test(href) };
  if (known.size >= most) known.clear();
  known.set(text, address);
  return address;
}

/** Whether an address names the machine that asks. */
export function isOnThisMachine(url: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}
