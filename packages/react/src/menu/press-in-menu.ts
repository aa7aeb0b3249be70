import type { KeyboardEvent } from 'react';
import { nextItem } from './next-item.ts';

/** Moves the focus among the items of a menu, or closes it. */
export function pressInMenu(
  event: KeyboardEvent,
  items: readonly HTMLElement[],
  onDone: () => void,
): void {
  if (event.key === 'Escape') {
    // A dialog around the menu stays open.
    event.stopPropagation();
    return onDone();
  }
  const present = items.indexOf(document.activeElement as HTMLElement);
  const next = nextItem(event.key, present, items.length);
  if (next === undefined) return;
  event.preventDefault();
  items[next]?.focus();
}
