import type { ReactNode } from 'react';
import { useEntranceMessages } from '../messages/use-entrance-messages.ts';
import theme from './theme.module.css';

interface RootProps {
  /** The component, for `data-willcall`. */
  readonly name: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** The outermost element of a component: where its look and its language begin. */
export function Root({ name, className, children }: RootProps) {
  const messages = useEntranceMessages();
  return (
    <div
      className={`${theme.root} ${className ?? ''}`}
      data-willcall={name}
      lang={messages?.language}
      dir={messages?.direction}
    >
      {children}
    </div>
  );
}
