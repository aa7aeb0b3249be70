import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import controls from '../look/control.module.css';
import { expectFocus, takeFocus } from './expect-focus.ts';

interface RetryButtonProps {
  readonly look: 'primary' | 'secondary';
  readonly onRetry: () => void;
  readonly children?: ReactNode;
}

/**
 * Tries again. The press takes its card away; where that card comes back, the button gets the
 * focus. What comes in place of a card that had the focus gets it, also without a press.
 */
export function RetryButton({ look, onRetry, children }: RetryButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (takeFocus()) button.current?.focus();
  }, []);
  // A layout effect: later the card is gone from the page, and the focus with it.
  useLayoutEffect(() => {
    const card = button.current?.parentElement;
    return () => {
      if (card?.contains(document.activeElement)) expectFocus();
    };
  }, []);
  function press() {
    expectFocus();
    onRetry();
  }
  return (
    <button ref={button} type="button" className={controls[look]} onClick={press}>
      {children}
    </button>
  );
}
