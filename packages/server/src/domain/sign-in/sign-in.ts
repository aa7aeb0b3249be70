import type { ErrorCode, SignInStatus } from '@willcall/contract';
import { newId } from '../id.ts';
import type { World } from '../world.ts';

/** How one proof of an attempt stands. */
export interface FactorVerification {
  readonly strategy: string;
  /** `transferable`: right, and nobody has the address; a sign-up may go on with it. */
  readonly status: 'unverified' | 'verified' | 'transferable' | 'failed' | 'expired';
  /** HMAC of the code that was sent; once verified, of the code that proved it. */
  readonly codeHash?: string | undefined;
  /** Since when the password that was proved, or is to be replaced, is the account's. */
  readonly passwordSetAt?: number | undefined;
  readonly emailAddressId?: string | undefined;
  /** Until when it can be proved; once verified, until when the proof of a reset counts. */
  readonly expireAt?: number | undefined;
  /** Where the person goes to prove it, for an identity provider. */
  readonly externalUrl?: string | undefined;
  /** Why it failed there. */
  readonly error?: { readonly code: ErrorCode; readonly message: string } | undefined;
}

/** One try to sign in: a state machine whose present state is its status. */
export interface SignIn {
  readonly id: string;
  readonly clientId: string;
  readonly status: SignInStatus;
  readonly identifier: string | undefined;
  readonly userId: string | undefined;
  /** The token whose ticket this attempt began with. It is consumed when the session opens. */
  readonly ticketId: string | undefined;
  readonly firstFactor: FactorVerification | undefined;
  readonly secondFactor: FactorVerification | undefined;
  /** The proof that an unknown device is the person's. */
  readonly clientTrust: FactorVerification | undefined;
  /** Whether the person used this browser before; `undefined` where nobody asks. */
  readonly isDeviceKnown: boolean | undefined;
  /** The password that is set when the session opens, after a reset. */
  readonly newPasswordDigest: string | undefined;
  readonly signsOutOthers: boolean;
  /** Whether the sessions of this browser end when this one opens: the person chose to switch. */
  readonly replacesSessions: boolean;
  /** Whether it turns into a sign-up where nobody has the address that is proved. */
  readonly signsUpIfMissing: boolean;
  /** Tries at the present code. */
  readonly attempts: number;
  readonly createdSessionId: string | undefined;
  readonly createdAt: number;
  readonly abandonAt: number;
}

/** What a step changes of an attempt. */
export type SignInChange = Partial<
  Pick<
    SignIn,
    | 'status'
    | 'firstFactor'
    | 'secondFactor'
    | 'clientTrust'
    | 'newPasswordDigest'
    | 'signsOutOthers'
    | 'attempts'
  >
>;

export interface SignInStore {
  add(signIn: SignIn, client: { id: string; now: number }): Promise<void>;
  find(id: string): Promise<SignIn | undefined>;
  findBySession(sessionId: string): Promise<SignIn | undefined>;
  /**
   * Writes what is decided of the attempt as it is then, in one transaction: another step may have
   * come first since this one read it. `undefined` when it is complete, or nothing is decided.
   *
   * @param decide may be asked again, and does nothing else
   */
  update(
    id: string,
    decide: (present: SignIn) => SignInChange | undefined,
  ): Promise<SignIn | undefined>;
  /** Counts a try at a code before it is compared; `undefined` when none is left. */
  countAttempt(id: string, most: number): Promise<SignIn | undefined>;
}

/** An attempt that nobody finishes is over after a day. Milliseconds. */
const abandonedAfter = 86_400_000;

/** A fresh attempt of a client, not yet written. */
export function draftSignIn(world: World, clientId: string): SignIn {
  const now = world.clock.now();
  return {
    id: newId(world, 'sia'),
    clientId,
    status: 'needs_identifier',
    identifier: undefined,
    userId: undefined,
    ticketId: undefined,
    firstFactor: undefined,
    secondFactor: undefined,
    clientTrust: undefined,
    isDeviceKnown: undefined,
    newPasswordDigest: undefined,
    signsOutOthers: false,
    replacesSessions: false,
    signsUpIfMissing: false,
    attempts: 0,
    createdSessionId: undefined,
    createdAt: now,
    abandonAt: now + abandonedAfter,
  };
}

/** Whether it is the proof that lets a person choose a new password. */
export function isResetProof(proof: FactorVerification | undefined): boolean {
  return proof?.status === 'verified' && proof.strategy.startsWith('reset_password_');
}

/** Whether nothing but a ticket was proved. */
export function isByTicketAlone({ firstFactor, secondFactor, clientTrust }: SignIn): boolean {
  return (
    firstFactor?.strategy === 'ticket' && secondFactor === undefined && clientTrust === undefined
  );
}
