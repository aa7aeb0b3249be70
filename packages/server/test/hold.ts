/** A call that waits until it is let go. */
export interface Held {
  /** Resolves when the call has come. */
  readonly reached: Promise<void>;
  letGo(): void;
}

/**
 * Holds the next call of a function of the test's service, so that others come in between. What is
 * called after it goes through.
 */
export function holdNext<Name extends string>(
  owner: Record<Name, (...given: never[]) => Promise<unknown>>,
  name: Name,
): Held {
  const original = owner[name];
  let letGo = () => {};
  const gone = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    Object.assign(owner, {
      async [name](...given: never[]) {
        Object.assign(owner, { [name]: original });
        resolve();
        await gone;
        return original.apply(owner, given);
      },
    });
  });
  return { reached, letGo };
}
