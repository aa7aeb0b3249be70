import type { SessionVerification, VerifyParams } from './session-verification.ts';
import type { Metadata, SessionStatus, VerificationJSON } from '@willcall/contract';

/** How far an address is proved. */
export interface Verification {
  readonly status: VerificationJSON['status'];
  readonly strategy: string;
  readonly attempts: number | undefined;
  /** Epoch milliseconds. */
  readonly expireAt: number | undefined;
  /** Why it failed, where an identity provider or the server said so. */
  readonly error?: VerificationFailure | undefined;
  /** The identity provider's page where the person goes on. */
  readonly externalVerificationRedirectUrl?: string | undefined;
}

/** Why a verification failed. */
export interface VerificationFailure {
  readonly code: string;
  readonly message: string;
  /** What to do about it. */
  readonly longMessage?: string | undefined;
}

export interface EmailAddress {
  readonly id: string;
  readonly emailAddress: string;
  readonly verification: Verification | undefined;
}

/** What a person may change about themselves; what is left out stays. */
export interface UpdateUserParams {
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly username?: string | null | undefined;
  readonly primaryEmailAddressId?: string | undefined;
}

export interface ChangePasswordParams {
  /** Needed when the user has a password. */
  readonly currentPassword?: string | undefined;
  readonly newPassword: string;
  /** Default `false`. */
  readonly signOutOfOtherSessions?: boolean | undefined;
}

export interface CreateOrganizationParams {
  readonly name: string;
  /** Its name in addresses. Default: made from `name`. */
  readonly slug?: string | undefined;
}

/** The secret of an authenticator app. Shown once: only a new one can be read again. */
export interface Totp {
  readonly id: string;
  /** To be typed into the app; `undefined` once it is confirmed. */
  readonly secret: string | undefined;
  /** The same as an address (`otpauth:`), for a QR code. */
  readonly uri: string | undefined;
  /** Whether a code has proved that the app has it. Until then it is asked of nobody. */
  readonly verified: boolean;
  /** New backup codes, if confirming made some. Shown once. */
  readonly backupCodes?: readonly string[] | undefined;
}

export interface VerifyTotpParams {
  /** The code that the app shows. */
  readonly code: string;
}

/** Codes that stand in for the authenticator app, each once. The ones before stop working. */
export interface BackupCodes {
  readonly id: string;
  readonly codes: readonly string[];
}

/** A place in an organization. */
export interface OrganizationMembership {
  readonly id: string;
  readonly role: string;
  readonly roleName: string;
  readonly permissions: readonly string[];
  readonly organization: Organization;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** An organization as its members see it. */
export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly imageUrl: string;
  readonly hasImage: boolean;
  readonly membersCount: number;
  readonly publicMetadata: Metadata;
}

/** The device that used a session last. */
export interface SessionActivity {
  readonly id: string;
  readonly isMobile: boolean;
  readonly deviceType?: string | undefined;
  readonly browserName?: string | undefined;
  readonly browserVersion?: string | undefined;
  readonly ipAddress?: string | undefined;
}

/** A session of the user on any device. */
export interface UserSession {
  readonly id: string;
  readonly status: SessionStatus;
  /** Epoch milliseconds. */
  readonly lastActiveAt: number;
  /** Epoch milliseconds. */
  readonly expireAt: number;
  readonly latestActivity: SessionActivity | undefined;
  /** Ends this session, wherever it is. */
  revoke(): Promise<void>;
}

/** The person who is signed in. */
export interface User {
  readonly id: string;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  /** First and last name; `undefined` without either. */
  readonly fullName: string | undefined;
  readonly username: string | undefined;
  readonly imageUrl: string;
  readonly hasImage: boolean;
  readonly emailAddresses: readonly EmailAddress[];
  readonly primaryEmailAddressId: string | undefined;
  readonly primaryEmailAddress: EmailAddress | undefined;
  readonly passwordEnabled: boolean;
  /** Whether an authenticator app is asked for at sign-in. */
  readonly totpEnabled: boolean;
  /** Whether there are backup codes that are not used up. */
  readonly backupCodeEnabled: boolean;
  /** Whether any second factor is asked for. */
  readonly twoFactorEnabled: boolean;
  /** Whether the person may create organizations. */
  readonly createOrganizationEnabled: boolean;
  readonly publicMetadata: Metadata;
  readonly unsafeMetadata: Metadata;
  readonly externalId: string | undefined;
  /** Epoch milliseconds. */
  readonly lastSignInAt: number | undefined;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  readonly updatedAt: number;
  /** Changes the profile and answers it as it now stands. */
  update(params: UpdateUserParams): Promise<User>;
  changePassword(params: ChangePasswordParams): Promise<User>;
  /** The user's live sessions on all devices. */
  getSessions(): Promise<readonly UserSession[]>;
  /** Makes a secret for an authenticator app. It is asked for once `verifyTotp` has confirmed it. */
  createTotp(): Promise<Totp>;
  verifyTotp(params: VerifyTotpParams): Promise<Totp>;
  /** Takes the authenticator app away, and the backup codes that stood in for it. */
  disableTotp(): Promise<void>;
  createBackupCodes(): Promise<BackupCodes>;
  /** Creates an organization, which the person administrates. `setActive` makes it the session's. */
  createOrganization(params: CreateOrganizationParams): Promise<Organization>;
  /** The organizations that the user belongs to. */
  getOrganizationMemberships(): Promise<readonly OrganizationMembership[]>;
  /**
   * Begins to prove again, in this session, who the person is, where the server refused with
   * `session_reverification_required`. Once it is proved, the server takes for ten minutes
   * what it refused.
   */
  verify(params: VerifyParams): Promise<SessionVerification>;
}
