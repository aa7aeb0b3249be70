import { splitHash } from './parameter.ts';

/** Where the steps of a component live: below a path, or behind the `#` of one page. */
export type Routing = { readonly kind: 'path'; readonly path: string } | { readonly kind: 'hash' };

/** The step that an address stands at, `''` for the first: `/sign-in/code` is `code` below `/sign-in`. */
export function readStep(routing: Routing, address: URL): string {
  if (routing.kind === 'hash') return trimSlashes(splitHash(address.hash).path);
  const base = trimSlashes(routing.path);
  const path = trimSlashes(address.pathname);
  if (path === base || (base !== '' && !path.startsWith(`${base}/`))) return '';
  return trimSlashes(path.slice(base.length));
}

/** The address of a step, the rest of the address kept: query, hash, and the query inside the hash. */
export function writeStep(routing: Routing, address: URL, step: string): string {
  if (routing.kind === 'hash') {
    const { query } = splitHash(address.hash);
    const hash = step === '' && query === '' ? '' : `#/${step}${query === '' ? '' : `?${query}`}`;
    return `${address.pathname}${address.search}${hash}`;
  }
  const path = [trimSlashes(routing.path), step].filter(Boolean).join('/');
  return `/${path}${address.search}${address.hash}`;
}

function trimSlashes(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}
