import { type ReactNode, useEffect, useRef } from 'react';
import controls from '../look/control.module.css';
import { expectFocus, takeFocus } from './expect-focus.ts';

interface RetryButtonProps {
  readonly look: 'primary' | 'secondary';
  readonly onRetry: () => void;
  readonly children?: ReactNode;
}

/** Tries again. The press takes its card away; where that card comes back, the button gets the focus. */
export function RetryButton({ look, onRetry, children }: RetryButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (takeFocus()) button.current?.focus();
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
