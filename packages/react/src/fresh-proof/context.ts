import { createContext, useContext } from 'react';

/** Runs an action. Where the server wants a fresh proof first, asks for it and runs the action again. */
export type WithFreshProof = <Result>(action: () => Promise<Result>) => Promise<Result>;

/** Thrown at an action whose person did not want to prove anything. Nothing is said about it. */
export class ProofCancelled extends Error {}

export const FreshProofContext = createContext<WithFreshProof | undefined>(undefined);

/** What runs actions that may need a fresh proof. Throws a TypeError outside of `<FreshProof>`. */
export function useFreshProof(): WithFreshProof {
  const run = useContext(FreshProofContext);
  if (!run) throw new TypeError('This belongs into a <FreshProof>.');
  return run;
}
