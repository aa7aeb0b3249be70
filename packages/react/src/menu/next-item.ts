/**
 * Where the keyboard takes the focus in a menu: the index of the next item, around the ends.
 * `undefined` for a key that does not move it.
 */
export function nextItem(key: string, present: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return (present + 1) % count;
    case 'ArrowUp':
      return (Math.max(present, 0) - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
