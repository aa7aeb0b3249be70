import { hashCode } from '../verification/code.ts';
import type { World } from '../world.ts';
import type { FactorVerification } from './sign-in.ts';
import type { ProofBasis, StepInput } from './strategy.ts';

/** What is kept of a proof that was right. */
export function draftProof(
  world: World,
  { strategy, code, password }: StepInput,
  basis: ProofBasis | void,
): FactorVerification {
  return {
    ...basis,
    strategy,
    status: 'verified',
    codeHash: code && password === undefined ? hashCode(world, code.trim()) : undefined,
  };
}
