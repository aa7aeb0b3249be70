import { Children, type ReactNode, useEffect, useRef } from 'react';
import type { OpenMenu } from './menu-button.tsx';
import { pressInMenu } from './press-in-menu.ts';

interface MenuItemsProps extends OpenMenu {
  readonly label: string;
  readonly children: ReactNode;
}

/**
 * The items of an open menu, as the ARIA Authoring Practices describe it. The focus begins at the
 * one that is chosen, else at the first or the last, and anew when their number changes.
 */
export function MenuItems({ label, start, onDone, children }: MenuItemsProps) {
  const menu = useRef<HTMLDivElement>(null);
  const items = () => [
    ...(menu.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? []),
  ];
  const count = Children.toArray(children).length;
  useEffect(() => {
    const chosen = menu.current?.querySelector<HTMLElement>('[aria-checked="true"]');
    (chosen ?? items().at(start === 'first' ? 0 : -1))?.focus();
  }, [start, count]);
  return (
    <div
      ref={menu}
      role="menu"
      tabIndex={-1}
      aria-label={label}
      onKeyDown={(event) => pressInMenu(event, items(), onDone)}
    >
      {children}
    </div>
  );
}
