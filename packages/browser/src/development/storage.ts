type Kind = 'localStorage' | 'sessionStorage';

/** Keeps a text; does nothing where the browser keeps none (a blocked site). */
export function remember(kind: Kind, name: string, value: string): void {
  attempt(() => window[kind].setItem(name, value));
}

/** The text that was kept; `undefined` without one. */
export function recall(kind: Kind, name: string): string | undefined {
  return attempt(() => window[kind].getItem(name)) ?? undefined;
}

/** Removes a text. */
export function forget(kind: Kind, name: string): void {
  attempt(() => window[kind].removeItem(name));
}

/** Where storage is blocked, naming it already throws. */
function attempt<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch {
    return undefined;
  }
}
