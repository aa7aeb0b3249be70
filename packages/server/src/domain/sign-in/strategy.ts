import type { User } from '../user/user.ts';
import type { World } from '../world.ts';
import type { Claim } from './claim.ts';
import type { FactorVerification } from './sign-in.ts';

/** One thing that a user can prove. */
export interface Factor {
  readonly strategy: string;
  readonly emailAddressId?: string;
  readonly safeIdentifier?: string;
  readonly isPrimary?: boolean;
  readonly enterpriseConnectionId?: string;
  readonly enterpriseConnectionName?: string;
}

/** What a step of a sign-in brings. */
export interface StepInput {
  readonly strategy: string;
  readonly emailAddressId?: string | undefined;
  readonly enterpriseConnectionId?: string | undefined;
  readonly redirectUrl?: string | undefined;
  readonly actionCompleteRedirectUrl?: string | undefined;
  /** Where an identity provider sends the person back to. */
  readonly callbackUrl?: string | undefined;
  readonly code?: string | undefined;
  readonly password?: string | undefined;
  /** Names the browser of the step, where this person is known in it: it has tries of its own. */
  readonly findKnownBrowser?: ((userId: string) => Promise<string | undefined>) | undefined;
}

/** The attempt that a step belongs to, and what was prepared in it. */
export interface StepAttempt {
  readonly sent: FactorVerification | undefined;
  /** Counts a try at a code before it is compared; `undefined` when none is left of `most`. */
  countTry(most: number): Promise<unknown>;
}

/** What a proof rests on, where that can be taken away before the session opens. */
export type ProofBasis = Pick<FactorVerification, 'passwordSetAt' | 'expireAt'>;

/** A way to prove who you are. */
export interface Strategy {
  readonly name: string;
  /** What this user has of it; empty where the instance or the user has none. */
  factors(world: World, user: User): Promise<readonly Factor[]>;
  /** Sends what must be sent. Absent where nothing is. */
  prepare?(
    world: World,
    user: User,
    input: StepInput,
    signInId: string | undefined,
  ): Promise<FactorVerification>;
  /** Proves the factor, or refuses. There is no attempt yet where the first call brings the proof. */
  attempt(
    world: World,
    attempt: StepAttempt | undefined,
    user: User,
    input: StepInput,
  ): Promise<ProofBasis | void>;
  /**
   * The same where no answer may tell whether there is an account. Absent for a strategy that
   * cannot do that: it is not offered then.
   */
  readonly claim?: ClaimStrategy;
}

/**
 * A first factor of a claim. Until the proof is right every answer, every statement and every
 * hash is the same for an account that has the factor, for one that has not, and for none.
 */
export interface ClaimStrategy {
  /** What is offered to everybody who gives this identifier. */
  factors(world: World, identifier: string): Promise<readonly Factor[]>;
  prepare?(
    world: World,
    claim: Claim,
    input: StepInput,
    signInId: string | undefined,
  ): Promise<FactorVerification>;
  /** Resolves only for the holder of the claim. */
  attempt(
    world: World,
    attempt: StepAttempt | undefined,
    claim: Claim,
    input: StepInput,
  ): Promise<ProofBasis | void>;
}
