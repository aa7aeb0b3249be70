/** Waits this many milliseconds, up to a quarter longer by chance: not all tabs knock at once. */
export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds * (1 + Math.random() / 4));
  });
}
