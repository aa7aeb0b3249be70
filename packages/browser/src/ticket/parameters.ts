/**
 * The parameters of a query (`?a=b`) or of a query inside a hash (`#/step?a=b`), decoded,
 * in their order. The first of a name counts, so it comes last for a `Map`.
 */
export function listParameters(place: string): [name: string, value: string][] {
  return pairsOf(place)
    .map((pair): [string, string] => {
      const at = pair.indexOf('=');
      return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
    })
    .reverse();
}

/** The same query or hash without the named parameters; every other character stays as it is. */
export function removeParameters(place: string, names: readonly string[]): string {
  const kept = pairsOf(place).filter(
    (pair) => !names.includes(decode(pair.split('=', 1)[0] ?? '')),
  );
  if (kept.length === pairsOf(place).length) return place;
  const before = place.slice(0, place.indexOf('?'));
  if (kept.length > 0) return `${before}?${kept.join('&')}`;
  return before === '#' ? '' : before;
}

function pairsOf(place: string): string[] {
  const at = place.indexOf('?');
  return at < 0 ? [] : place.slice(at + 1).split('&');
}

/** What is not encoded well is taken as it stands: another script's parameter must not stop us. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
