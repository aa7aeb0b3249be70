import { type ReactNode, useCallback, useRef, useState } from 'react';
import { WillcallError } from '@willcall/browser';
import { FreshProofContext, ProofCancelled, type WithFreshProof } from './context.ts';
import { ProofDialog } from './proof-dialog.tsx';

interface Question {
  readonly onProved: () => void;
  readonly onCancel: () => void;
}

/** Asks whoever is signed in to prove it again, when an action below needs that, and goes on by itself. */
export function FreshProof({ children }: { readonly children: ReactNode }) {
  const [question, setQuestion] = useState<Question>();
  const answer = useRef<Promise<void>>(undefined);

  const run = useCallback<WithFreshProof>(async (action) => {
    try {
      return await action();
    } catch (error) {
      if (!isAskedFor(error)) throw error;
    }
    // Actions that are refused at the same time ask once.
    answer.current ??= new Promise<void>((resolve, reject) => {
      setQuestion({ onProved: resolve, onCancel: () => reject(new ProofCancelled()) });
    }).finally(() => {
      answer.current = undefined;
      setQuestion(undefined);
    });
    await answer.current;
    return action();
  }, []);

  return (
    <FreshProofContext.Provider value={run}>
      {children}
      {question ? <ProofDialog {...question} /> : null}
    </FreshProofContext.Provider>
  );
}

function isAskedFor(error: unknown): boolean {
  return error instanceof WillcallError && error.code === 'session_reverification_required';
}
