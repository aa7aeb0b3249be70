/** A parameter of the page, from its query or from the query inside its hash. */
export function readParameter(address: URL, name: string): string | undefined {
  const inQuery = address.searchParams.get(name);
  const inHash = new URLSearchParams(splitHash(address.hash).query).get(name);
  return inQuery ?? inHash ?? undefined;
}

/** `#/code?a=b` is the path `/code` and the query `a=b`; `#?a=b` has no path. */
export function splitHash(hash: string): { path: string; query: string } {
  const text = hash.replace(/^#/, '');
  if (!text.startsWith('/') && !text.startsWith('?')) return { path: '', query: '' };
  const at = text.indexOf('?');
  return at < 0
    ? { path: text, query: '' }
    : { path: text.slice(0, at), query: text.slice(at + 1) };
}
