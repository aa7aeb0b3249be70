import type { FactorVerification } from '../sign-in/sign-in.ts';
import type { User } from '../user/user.ts';
import type { World } from '../world.ts';
import {
  factorsOf,
  firstFactor as signInFirstFactor,
  secondFactor,
  type Stage,
} from '../sign-in/stages.ts';
import { emailCode } from '../sign-in/strategies/email-code.ts';
import { enterpriseSso } from '../sign-in/strategies/enterprise-sso.ts';
import { password } from '../sign-in/strategies/password.ts';
import type { Factor } from '../sign-in/strategy.ts';

/** What is to be proved again; `multi_factor`: the first factor, and then the second. */
export type ProofLevel = 'first_factor' | 'second_factor' | 'multi_factor';

export type FreshProofStatus = 'needs_first_factor' | 'needs_second_factor' | 'complete';

/** A person who is signed in proves again who they are. A session has one such at most. */
export interface FreshProof {
  readonly sessionId: string;
  readonly userId: string;
  readonly level: ProofLevel;
  readonly status: FreshProofStatus;
  readonly firstFactor: FactorVerification | undefined;
  readonly secondFactor: FactorVerification | undefined;
  /** Tries at the present code. */
  readonly attempts: number;
}

export type FreshProofChange = Partial<
  Pick<FreshProof, 'status' | 'firstFactor' | 'secondFactor' | 'attempts'>
>;

export interface FreshProofStore {
  /** Writes it in place of the one before. */
  begin(proof: FreshProof): Promise<void>;
  find(sessionId: string): Promise<FreshProof | undefined>;
  /**
   * Writes a step of one that waits in `from`, and what the session now counts as proved; one
   * transaction. `undefined` when it waits there no more, or the session is over.
   */
  update(
    sessionId: string,
    from: FreshProofStatus,
    change: FreshProofChange,
    proved?: { readonly factor: 'first' | 'second'; readonly at: number },
  ): Promise<FreshProof | undefined>;
  /** Counts a try at a code before it is compared; `undefined` when none is left. */
  countAttempt(sessionId: string, most: number): Promise<FreshProof | undefined>;
}

/** No reset of a password, which is no proof of a password. */
const firstFactor: Stage = {
  ...signInFirstFactor,
  strategies: [password, emailCode, enterpriseSso],
};

/** Where this is proved; `undefined` for one that is complete. */
export function stageToProve({ status }: Pick<FreshProof, 'status'>): Stage | undefined {
  if (status === 'complete') return undefined;
  return status === 'needs_first_factor' ? firstFactor : secondFactor;
}

/**
 * What a person can choose from. Who belongs to a company proves it there, by signing in
 * again: nothing stands in for that.
 */
export async function factorsToProve(
  world: World,
  stage: Stage,
  user: User,
): Promise<readonly Factor[]> {
  const factors = await factorsOf(world, stage, user);
  return factors.filter(({ strategy }) => strategy !== enterpriseSso.name);
}
