/** An environment variable; `undefined` where it is empty or where there is no process (edge, browser). */
export function readVariable(name: string): string | undefined {
  if (typeof process === 'undefined') return undefined;
  return process.env?.[name] || undefined;
}
