import type { AuditEntry } from '../audit-log/audit-log.ts';
import type { Metadata, UserOrder } from '@willcall/contract';

/** An address of a person, e-mail or phone. `value` is as given; it is looked up in lower case. */
export interface Identification {
  readonly id: string;
  readonly userId: string;
  readonly kind: 'email_address' | 'phone_number';
  readonly value: string;
  readonly isVerified: boolean;
  /** How it was verified: `admin` by the customer's server, `email_code` by the person. */
  readonly verificationStrategy: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A person of the instance. Times are epoch milliseconds. */
export interface User {
  readonly id: string;
  readonly externalId: string | undefined;
  readonly username: string | undefined;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  readonly locale: string | undefined;
  readonly primaryEmailAddressId: string | undefined;
  readonly primaryPhoneNumberId: string | undefined;
  /** PHC string; `undefined` for a user without a password. */
  readonly passwordDigest: string | undefined;
  readonly passwordUpdatedAt: number | undefined;
  /** The secret of the authenticator app, sealed; it counts once it is verified. */
  readonly totpSealedSecret: string | undefined;
  readonly totpVerifiedAt: number | undefined;
  readonly totpCreatedAt: number | undefined;
  /** The time step of the last code that was taken: no code counts twice (RFC 6238, section 5.2). */
  readonly totpLastStep: number | undefined;
  /** When backup codes were last made. */
  readonly backupCodesAt: number | undefined;
  /** When second factors were last turned on, and off; each stays when the other comes. */
  readonly mfaEnabledAt: number | undefined;
  readonly mfaDisabledAt: number | undefined;
  readonly publicMetadata: Metadata;
  readonly privateMetadata: Metadata;
  readonly unsafeMetadata: Metadata;
  readonly isBanned: boolean;
  /** Locked while this lies ahead. */
  readonly lockedUntil: number | undefined;
  readonly failedAttempts: number;
  readonly isDeleteSelfEnabled: boolean;
  readonly isCreateOrganizationEnabled: boolean;
  readonly createOrganizationsLimit: number | undefined;
  readonly legalAcceptedAt: number | undefined;
  readonly lastSignInAt: number | undefined;
  readonly lastActiveAt: number | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly identifications: readonly Identification[];
}

/** Whose work is done for an identifier that nobody has. No user has this id. */
export const nobodyId = 'user_nobody';

/** The fields that exist once among all users. */
export type UniqueUserField = 'email_address' | 'phone_number' | 'username' | 'external_id';

/** Thrown by the store where a value belongs to another user; nothing was written. */
export class UserConflict extends Error {
  readonly field: UniqueUserField;

  constructor(field: UniqueUserField) {
    super(`another user has this ${field}`);
    this.field = field;
  }
}

export interface UserFilter {
  readonly ids?: readonly string[];
  readonly emailAddresses?: readonly string[];
  readonly phoneNumbers?: readonly string[];
  readonly usernames?: readonly string[];
  readonly externalIds?: readonly string[];
  /** Found in any identifier, name or id. */
  readonly query?: string;
  /** Found in an e-mail address; the next three likewise. */
  readonly emailAddressQuery?: string;
  readonly phoneNumberQuery?: string;
  readonly usernameQuery?: string;
  readonly nameQuery?: string;
  readonly banned?: boolean;
  readonly createdAtBefore?: number;
  readonly createdAtAfter?: number;
  readonly lastActiveAtBefore?: number;
  readonly lastActiveAtAfter?: number;
  readonly lastSignInAtBefore?: number;
  readonly lastSignInAtAfter?: number;
}

export interface UserPage {
  readonly orderBy: UserOrder;
  readonly isAscending: boolean;
  readonly limit: number;
  readonly offset: number;
}

/** The columns of a user that an update may change. */
export type UserChange = Partial<Omit<User, 'id' | 'createdAt' | 'identifications'>>;

/** Which sessions of a user an update ends, and when that is. */
export interface SessionEnding {
  readonly at: number;
  readonly exceptId?: string | undefined;
}

/** What a person's own change rests on, judged by the transaction that writes it. */
export interface OwnTerms {
  /** The password that was proved must be the present one; `undefined`: there must be none. */
  readonly passwordDigest: string | undefined;
  /** The session that asks for the change must be live, and its user not banned. */
  readonly sessionId: string;
  readonly at: number;
}

/** What decides whether somebody may sign in at all. */
export type Standing = Pick<User, 'id' | 'isBanned' | 'lockedUntil'>;

/** When a user is removed, and the lines that tell of it. */
export interface Erasure {
  readonly at: number;
  /** The session of a person who asks for it. */
  readonly ownSessionId: string | undefined;
  /** `user.deletion_begun` goes before what is removed ahead of the last transaction. */
  readonly entryFor: (action: 'user.deletion_begun' | 'user.deleted') => AuditEntry;
}

export interface UserStore {
  find(id: string): Promise<User | undefined>;
  /** For who needs no more of a user: it is a row of one table. */
  findStanding(id: string): Promise<Standing | undefined>;
  findByIdentification(kind: Identification['kind'], value: string): Promise<User | undefined>;
  /** Whoever has this address or username, with the same statements for nobody. */
  findByIdentifier(identifier: string): Promise<User | undefined>;
  list(filter: UserFilter, page: UserPage): Promise<readonly User[]>;
  count(filter: UserFilter): Promise<number>;
  /** Throws {@link UserConflict}. The hashes are those of backup codes. */
  create(user: User, backupCodeHashes?: readonly string[]): Promise<void>;
  /**
   * Throws {@link UserConflict}; answers `undefined` when there is no such user. In the same
   * transaction with `ending` the user's sessions end, but for the one that is named, and
   * `backupCodeHashes` replace those of the codes before, and the line of `entry` is written.
   * `undefined` too where `terms` do not hold (any more); nothing was written then.
   *
   * @param change or what decides it, by the user as nobody else changes it meanwhile; nothing was
   * written where that throws
   */
  update(
    id: string,
    change: UserChange | ((present: User) => UserChange),
    beside?: {
      ending?: SessionEnding | undefined;
      backupCodeHashes?: readonly string[] | undefined;
      entry?: AuditEntry | undefined;
      terms?: OwnTerms | undefined;
    },
  ): Promise<User | undefined>;
  /**
   * Removes all that is personal and ends the sessions: in one transaction, but of many rows some in
   * others before. `false` when there is no such user.
   */
  delete(id: string, erasure: Erasure): Promise<boolean>;
  /** Bans, and ends every session in the same transaction; of many, some in others before. */
  ban(id: string, at: number, entry: AuditEntry): Promise<User | undefined>;
  /**
   * Raises the counter before a secret is compared; at the limit the account is locked. Does
   * the same work for {@link nobodyId}, and for an account that is banned or locked.
   */
  countAttempt(
    id: string,
    limit: { attempts: number; lockUntil: number; at: number },
  ): Promise<User | undefined>;
  /**
   * Takes one count back, after a right answer. Opens the account where that count had locked
   * it, and only there: wrong answers beside it stay counted.
   */
  takeBackAttempt(id: string, attempts: number): Promise<void>;
  /**
   * Whether a person may be told now that there is an account: the last time was at or before
   * `quietSince`. Does the same work for {@link nobodyId}.
   */
  takeAccountNotice(id: string, terms: { at: number; quietSince: number }): Promise<boolean>;
}

/** Whether a user is locked at this time. */
export function isLocked(user: Standing, now: number): boolean {
  return user.lockedUntil !== undefined && user.lockedUntil > now;
}

/** The e-mail addresses, the primary one first. */
export function emailAddressesOf(user: User): readonly Identification[] {
  const addresses = user.identifications.filter((each) => each.kind === 'email_address');
  return addresses.toSorted(
    (a, b) =>
      Number(b.id === user.primaryEmailAddressId) - Number(a.id === user.primaryEmailAddressId),
  );
}

/** The primary e-mail address, or the first one. */
export function primaryEmailAddress(user: User): Identification | undefined {
  return emailAddressesOf(user)[0];
}

/** Whether this person has something to prove besides a first factor. */
export function hasSecondFactor(user: User): boolean {
  return user.totpVerifiedAt !== undefined;
}
