import { type ReactNode, useEffect, useRef, useState } from 'react';
import theme from '../look/theme.module.css';
import { takeFocus } from './expect-focus.ts';

interface ArrivalProps {
  /** What is shown at present. */
  readonly step: string;
  /** Whether it took the place of something else, so that already the first step is announced. */
  readonly isNew?: boolean;
  readonly children: ReactNode;
}

/**
 * Takes a person along to the next step: the focus moves to its first field, else to its
 * heading, and the heading is read out. The first step of a page is left alone, unless a press
 * of the person brought it.
 */
export function Arrival({ step, isNew = false, children }: ArrivalProps) {
  const frame = useRef<HTMLDivElement>(null);
  const known = useRef<string | undefined>(isNew ? undefined : step);
  const [announced, announce] = useState('');
  useEffect(() => {
    const isAwaited = takeFocus();
    if (known.current === step && !isAwaited) return;
    known.current = step;
    const heading = frame.current?.querySelector('h1');
    const field = frame.current?.querySelector<HTMLInputElement>('input:not([tabindex="-1"])');
    announce(heading?.textContent ?? '');
    (field ?? heading)?.focus();
  }, [step]);
  return (
    <div ref={frame}>
      <p className={theme.unseen} role="status">
        {announced}
      </p>
      {children}
    </div>
  );
}
