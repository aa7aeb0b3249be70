let isExpected = false;

/** The card goes away that has the focus: what comes next gets it. */
export function expectFocus(): void {
  isExpected = true;
}

/** Whether what is drawn now gets the focus of a card that is gone. Says so once. */
export function takeFocus(): boolean {
  const wasExpected = isExpected;
  isExpected = false;
  return wasExpected;
}
