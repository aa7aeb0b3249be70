let given = 0;

/** An address that nobody had before: a story that is told again meets no account of its own. */
export function newAddress(name: string, ending = '@example.com'): string {
  given += 1;
  return `${name}${given}${ending}`;
}
