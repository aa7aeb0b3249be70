import { type MouseEvent, type ReactNode, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

/** Goes to a path of this app; the back button returns. */
export function push(path: string): void {
  history.pushState(null, '', path);
  for (const listener of listeners) listener();
}

/** Goes to a path of this app in place of the present one. */
export function replace(path: string): void {
  history.replaceState(null, '', path);
  for (const listener of listeners) listener();
}

/** The path that the address bar shows. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

interface LinkProps {
  readonly to: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A link inside the app: a plain click loads no page. */
export function Link({ to, className, children }: LinkProps) {
  function follow(event: MouseEvent) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    push(to);
  }
  return (
    <a
      href={to}
      className={className}
      aria-current={usePath() === to ? 'page' : undefined}
      onClick={follow}
    >
      {children}
    </a>
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('popstate', listener);
  };
}
