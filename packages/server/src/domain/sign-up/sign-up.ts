import type { Metadata, SignUpStatus } from '@willcall/contract';
import { newId } from '../id.ts';
import type { World } from '../world.ts';

/** One try to make an account. The user exists only when it is complete. */
export interface SignUp {
  readonly id: string;
  readonly clientId: string;
  readonly status: SignUpStatus;
  readonly emailAddress: string | undefined;
  /** The invitation whose ticket proves the address, which it fixes. It is accepted when the session opens. */
  readonly invitationId: string | undefined;
  readonly isEmailAddressVerified: boolean;
  readonly passwordDigest: string | undefined;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  readonly username: string | undefined;
  readonly unsafeMetadata: Metadata;
  readonly legalAcceptedAt: number | undefined;
  readonly locale: string | undefined;
  /** HMAC of the code that was sent to the address. */
  readonly codeHash: string | undefined;
  readonly codeExpireAt: number | undefined;
  readonly attempts: number;
  readonly createdSessionId: string | undefined;
  readonly createdUserId: string | undefined;
  readonly createdAt: number;
  readonly abandonAt: number;
}

export type SignUpChange = Partial<Omit<SignUp, 'id' | 'clientId' | 'createdAt'>>;

export interface SignUpStore {
  add(signUp: SignUp, client: { id: string; now: number }): Promise<void>;
  find(id: string): Promise<SignUp | undefined>;
  findBySession(sessionId: string): Promise<SignUp | undefined>;
  /**
   * Writes what is decided of the attempt as it is then, in one transaction: another step may have
   * come first since this one read it. `undefined` when it is complete, or nothing is decided.
   *
   * @param decide may be asked again, and does nothing else
   */
  update(
    id: string,
    decide: (present: SignUp) => SignUpChange | undefined,
  ): Promise<SignUp | undefined>;
  countAttempt(id: string, most: number): Promise<SignUp | undefined>;
  /**
   * Spends the code: the address for which it was sent is proved. `undefined` when the code
   * is spent already, or another address or code took its place.
   */
  spendCode(id: string, codeHash: string): Promise<SignUp | undefined>;
}

const abandonedAfter = 86_400_000;

/** A fresh attempt of a client, not yet written. */
export function draftSignUp(world: World, clientId: string): SignUp {
  const now = world.clock.now();
  return {
    id: newId(world, 'sua'),
    clientId,
    status: 'missing_requirements',
    emailAddress: undefined,
    invitationId: undefined,
    isEmailAddressVerified: false,
    passwordDigest: undefined,
    firstName: undefined,
    lastName: undefined,
    username: undefined,
    unsafeMetadata: {},
    legalAcceptedAt: undefined,
    locale: undefined,
    codeHash: undefined,
    codeExpireAt: undefined,
    attempts: 0,
    createdSessionId: undefined,
    createdUserId: undefined,
    createdAt: now,
    abandonAt: now + abandonedAfter,
  };
}

/** What is still missing before the account can be made. */
export function missingFields(
  world: World,
  signUp: Pick<SignUp, 'emailAddress' | 'passwordDigest'>,
): readonly string[] {
  const isPasswordMissing =
    world.instance.settings.strategies.password && signUp.passwordDigest === undefined;
  return [
    ...(signUp.emailAddress === undefined ? ['email_address'] : []),
    ...(isPasswordMissing ? ['password'] : []),
  ];
}

/** Whether an invited address is all that an account needs here, so that its ticket alone makes one. */
export function isAddressEnough(world: World): boolean {
  return missingFields(world, { emailAddress: 'given', passwordDigest: undefined }).length === 0;
}

/** What is given and not yet proved. */
export function unverifiedFields(signUp: SignUp): readonly string[] {
  return signUp.emailAddress !== undefined && !signUp.isEmailAddressVerified
    ? ['email_address']
    : [];
}
