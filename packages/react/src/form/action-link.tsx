import type { ReactNode } from 'react';
import styles from '../look/control.module.css';
import { useForm } from './context.ts';

interface ActionLinkProps {
  readonly action: () => Promise<unknown>;
  readonly look?: 'link' | 'secondary';
  /** What it does, for people who hear it without what stands around it. */
  readonly label?: string;
  readonly children: ReactNode;
}

/** A button beside the form's own: sends a new code, starts a reset. */
export function ActionLink({ action, look = 'link', label, children }: ActionLinkProps) {
  const { isBusy, run } = useForm();
  return (
    <button
      type="button"
      className={styles[look]}
      aria-disabled={isBusy}
      aria-label={label}
      onClick={() => run(action)}
    >
      {children}
    </button>
  );
}
