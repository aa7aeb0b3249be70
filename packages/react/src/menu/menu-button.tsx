import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useDismissal } from './use-dismissal.ts';

/** What an open menu is told: where the focus begins, and how to close it. */
export interface OpenMenu {
  readonly start: 'first' | 'last';
  readonly onDone: () => void;
}

interface MenuButtonProps {
  readonly label: string;
  readonly className: string | undefined;
  /** What the button shows. */
  readonly face: ReactNode;
  /** The menu, while it is open. */
  readonly children: (menu: OpenMenu) => ReactNode;
}

/**
 * A button that opens a menu, by mouse and by keyboard (ARIA menu button pattern): arrows
 * open it at its first or last item, Escape closes it and brings the focus back.
 */
export function MenuButton({ label, className, face, children }: MenuButtonProps) {
  const [opened, setOpened] = useState<OpenMenu['start']>();
  const button = useRef<HTMLButtonElement>(null);
  const isOpen = opened !== undefined;
  const frame = useDismissal(isOpen, () => setOpened(undefined));

  function close() {
    setOpened(undefined);
    button.current?.focus();
  }
  function press(event: KeyboardEvent) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpened(event.key === 'ArrowDown' ? 'first' : 'last');
    }
    if (event.key === 'Escape' && isOpen) {
      // A dialog around the button stays open.
      event.stopPropagation();
      close();
    }
  }
  return (
    <div ref={frame}>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpened(isOpen ? undefined : 'first')}
        onKeyDown={press}
      >
        {face}
      </button>
      {isOpen ? children({ start: opened, onDone: close }) : null}
    </div>
  );
}
