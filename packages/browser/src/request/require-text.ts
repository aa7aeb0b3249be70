/**
 * Refuses a wrong use by a programmer: what must be a text and is none, or is empty, also where
 * nothing was handed over at all, as a caller without types may do.
 */
export function requireText(params: object | undefined, method: string, argument: string): void {
  const value = (params as Readonly<Record<string, unknown>> | undefined)?.[argument];
  if (typeof value === 'string' && value !== '') return;
  throw new TypeError(`${method} needs '${argument}' as text.`);
}
