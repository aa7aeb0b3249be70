/** Refuses a wrong use by a programmer: what must be a text and is none, or is empty. */
export function requireText(
  value: unknown,
  method: string,
  argument: string,
): asserts value is string {
  if (typeof value === 'string' && value !== '') return;
  throw new TypeError(`${method} needs '${argument}' as text.`);
}
