import type {
  BackendUserJSON,
  EmailAddressJSON,
  Metadata,
  PhoneNumberJSON,
} from '@willcall/contract';
import { readVerification, type Verification } from './verifications.ts';

export interface EmailAddress {
  readonly id: string;
  readonly emailAddress: string;
  readonly verification: Verification | undefined;
}

export interface PhoneNumber {
  readonly id: string;
  readonly phoneNumber: string;
  readonly verification: Verification | undefined;
}

/** A user as your server sees it. Times are epoch milliseconds; what is not set is `undefined`. */
export interface User {
  readonly id: string;
  /** Your own id of this person. */
  readonly externalId: string | undefined;
  readonly username: string | undefined;
  readonly firstName: string | undefined;
  readonly lastName: string | undefined;
  readonly imageUrl: string;
  readonly hasImage: boolean;
  readonly emailAddresses: readonly EmailAddress[];
  readonly primaryEmailAddressId: string | undefined;
  /** The entry of `emailAddresses` that `primaryEmailAddressId` names. */
  readonly primaryEmailAddress: EmailAddress | undefined;
  readonly phoneNumbers: readonly PhoneNumber[];
  readonly primaryPhoneNumberId: string | undefined;
  readonly passwordEnabled: boolean;
  readonly twoFactorEnabled: boolean;
  readonly totpEnabled: boolean;
  readonly backupCodeEnabled: boolean;
  /** Readable in the browser, written by your server. */
  readonly publicMetadata: Metadata;
  /** Your server's alone. */
  readonly privateMetadata: Metadata;
  /** Readable and writable in the browser: do not trust it. */
  readonly unsafeMetadata: Metadata;
  readonly banned: boolean;
  readonly locked: boolean;
  readonly lockoutExpiresInSeconds: number | undefined;
  readonly verificationAttemptsRemaining: number | undefined;
  readonly deleteSelfEnabled: boolean;
  readonly createOrganizationEnabled: boolean;
  readonly createOrganizationsLimit: number | undefined;
  readonly locale: string | undefined;
  readonly legalAcceptedAt: number | undefined;
  readonly passwordLastUpdatedAt: number | undefined;
  readonly lastSignInAt: number | undefined;
  readonly lastActiveAt: number | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A user from the wire. Metadata is handed on as it is. */
export function readUser(json: BackendUserJSON): User {
  const emailAddresses = json.email_addresses.map(readEmailAddress);
  const primaryEmailAddressId = json.primary_email_address_id ?? undefined;
  return {
    id: json.id,
    externalId: json.external_id ?? undefined,
    username: json.username ?? undefined,
    firstName: json.first_name ?? undefined,
    lastName: json.last_name ?? undefined,
    imageUrl: json.image_url,
    hasImage: json.has_image,
    emailAddresses,
    primaryEmailAddressId,
    primaryEmailAddress: emailAddresses.find(({ id }) => id === primaryEmailAddressId),
    phoneNumbers: json.phone_numbers.map(readPhoneNumber),
    primaryPhoneNumberId: json.primary_phone_number_id ?? undefined,
    passwordEnabled: json.password_enabled,
    twoFactorEnabled: json.two_factor_enabled,
    totpEnabled: json.totp_enabled,
    backupCodeEnabled: json.backup_code_enabled,
    publicMetadata: json.public_metadata,
    privateMetadata: json.private_metadata,
    unsafeMetadata: json.unsafe_metadata,
    ...readStanding(json),
  };
}

function readStanding(json: BackendUserJSON) {
  return {
    banned: json.banned,
    locked: json.locked,
    lockoutExpiresInSeconds: json.lockout_expires_in_seconds ?? undefined,
    verificationAttemptsRemaining: json.verification_attempts_remaining ?? undefined,
    deleteSelfEnabled: json.delete_self_enabled,
    createOrganizationEnabled: json.create_organization_enabled,
    createOrganizationsLimit: json.create_organizations_limit ?? undefined,
    locale: json.locale ?? undefined,
    legalAcceptedAt: json.legal_accepted_at ?? undefined,
    passwordLastUpdatedAt: json.password_last_updated_at ?? undefined,
    lastSignInAt: json.last_sign_in_at ?? undefined,
    lastActiveAt: json.last_active_at ?? undefined,
    createdAt: json.created_at,
    updatedAt: json.updated_at,
  };
}

function readEmailAddress(json: EmailAddressJSON): EmailAddress {
  return {
    id: json.id,
    emailAddress: json.email_address,
    verification: json.verification ? readVerification(json.verification) : undefined,
  };
}

function readPhoneNumber(json: PhoneNumberJSON): PhoneNumber {
  return {
    id: json.id,
    phoneNumber: json.phone_number,
    verification: json.verification ? readVerification(json.verification) : undefined,
  };
}
