/**
 * An id, fit for a path.
 *
 * @throws TypeError for anything but letters, digits, `_` and `-`: `..` in a path would call
 *   another endpoint
 */
export function requireId(call: string, argument: string, id: unknown): string {
  if (typeof id === 'string' && /^[\w-]+$/.test(id)) return id;
  throw new TypeError(`${call}: ${argument} must be an id, a string of letters, digits, _ and -.`);
}

/** A string that is not empty. Throws a `TypeError` that names the argument and does not show its value. */
export function requireText(call: string, argument: string, text: unknown): string {
  if (typeof text === 'string' && text !== '') return text;
  throw new TypeError(`${call}: ${argument} must be a string that is not empty.`);
}

/**
 * Refuses `null` where no argument takes it: the server would do as if nothing were said, and a
 * limit that came out as `null` would be none. Throws a `TypeError` that names the argument.
 */
export function refuseNull(call: string, params: object): void {
  for (const [argument, value] of Object.entries(params)) {
    if (value === null)
      throw new TypeError(`${call}: ${argument} is null. Give a value, or leave the argument out.`);
  }
}
