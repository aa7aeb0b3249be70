import type { MouseEvent, ReactNode } from 'react';
import styles from '../look/control.module.css';
import { useProvider } from '../provider/context.ts';

interface PageLinkProps {
  readonly href: string;
  readonly look?: 'link' | 'primary' | 'secondary';
  /** Instead of a page load. The link stays a link: it can be opened in a new tab. */
  readonly onFollow?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** A link that the app's router follows where there is one. */
export function PageLink({ href, look = 'link', onFollow, children }: PageLinkProps) {
  const follow = useFollow(href, onFollow);
  return (
    <a className={styles[look]} href={href} onClick={follow}>
      {children}
    </a>
  );
}

/** What a plain click on a link does: `onFollow`, else the app's router, else what links do. */
export function useFollow(href: string, onFollow?: () => void): (event: MouseEvent) => void {
  const { routerPush } = useProvider().settings;
  return (event) => {
    const isPlain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const act =
      onFollow ?? (routerPush && href.startsWith('/') ? () => routerPush(href) : undefined);
    if (!isPlain || !act) return;
    event.preventDefault();
    act();
  };
}
