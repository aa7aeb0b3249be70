let isExpected = false;

/** The card goes away that has the focus: what comes next gets it. */
export function expectFocus(): void {
  isExpected = true;
}

/**
 * Whether what is drawn now gets the focus of a card that is gone. Says so once, and not where a
 * person has put it elsewhere meanwhile.
 */
export function takeFocus(): boolean {
  const wasExpected = isExpected;
  isExpected = false;
  return wasExpected && document.activeElement === document.body;
}
