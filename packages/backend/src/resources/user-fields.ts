import type { Metadata, UserOrder } from '@willcall/contract';
import type { FieldNames } from '../arguments/write-fields.ts';

/** What can be said of a user at any time. `null` empties a field of a user that exists. */
export interface UserProfileParams {
  readonly externalId?: string | null | undefined;
  readonly username?: string | null | undefined;
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly locale?: string | null | undefined;
  readonly password?: string | undefined;
  readonly skipPasswordChecks?: boolean | undefined;
  readonly deleteSelfEnabled?: boolean | undefined;
  readonly createOrganizationEnabled?: boolean | undefined;
  readonly createOrganizationsLimit?: number | null | undefined;
  /** Epoch milliseconds, or an RFC 3339 date and time. */
  readonly legalAcceptedAt?: number | string | undefined;
  readonly skipLegalChecks?: boolean | undefined;
  readonly publicMetadata?: Metadata | undefined;
  readonly privateMetadata?: Metadata | undefined;
  readonly unsafeMetadata?: Metadata | undefined;
}

export interface CreateUserParams extends UserProfileParams {
  /** The first is the primary one. They count as verified. */
  readonly emailAddress?: readonly string[] | undefined;
  readonly phoneNumber?: readonly string[] | undefined;
  /** A hash from elsewhere, with `passwordHasher`. */
  readonly passwordDigest?: string | undefined;
  readonly passwordHasher?: string | undefined;
  readonly skipPasswordRequirement?: boolean | undefined;
  readonly skipUserRequirement?: boolean | undefined;
  /** Epoch milliseconds, or an RFC 3339 date and time. */
  readonly createdAt?: number | string | undefined;
  readonly banned?: boolean | undefined;
  readonly locked?: boolean | undefined;
}

export interface UpdateUserParams extends UserProfileParams {
  readonly primaryEmailAddressId?: string | undefined;
  readonly primaryPhoneNumberId?: string | undefined;
  readonly notifyPrimaryEmailAddressChanged?: boolean | undefined;
  /** With a new password: ends the user's sessions. */
  readonly signOutOfOtherSessions?: boolean | undefined;
}

/** Merged into what is there; a key with `null` is removed. */
export interface UserMetadataParams {
  readonly publicMetadata?: Metadata | undefined;
  readonly privateMetadata?: Metadata | undefined;
  readonly unsafeMetadata?: Metadata | undefined;
}

type Filter = string | readonly string[] | undefined;

/** Which users: a user must match one value of each filter that is given. */
export interface UserCountParams {
  readonly emailAddress?: Filter;
  readonly phoneNumber?: Filter;
  readonly username?: Filter;
  readonly externalId?: Filter;
  readonly userId?: Filter;
  /** A part of a name, an address, a number or an id. */
  readonly query?: string | undefined;
}

export interface UserListParams extends UserCountParams {
  /** 1 to 500, 10 by default. */
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
  /** A field in wire spelling, `-` before it for descending. Default `-created_at`. */
  readonly orderBy?: UserOrder | `+${UserOrder}` | `-${UserOrder}` | undefined;
}

export const metadataNames: FieldNames<UserMetadataParams> = {
  publicMetadata: 'public_metadata',
  privateMetadata: 'private_metadata',
  unsafeMetadata: 'unsafe_metadata',
};

const profileNames: FieldNames<UserProfileParams> = {
  ...metadataNames,
  externalId: 'external_id',
  username: 'username',
  firstName: 'first_name',
  lastName: 'last_name',
  locale: 'locale',
  password: 'password',
  skipPasswordChecks: 'skip_password_checks',
  deleteSelfEnabled: 'delete_self_enabled',
  createOrganizationEnabled: 'create_organization_enabled',
  createOrganizationsLimit: 'create_organizations_limit',
  legalAcceptedAt: 'legal_accepted_at',
  skipLegalChecks: 'skip_legal_checks',
};

export const createUserNames: FieldNames<CreateUserParams> = {
  ...profileNames,
  emailAddress: 'email_address',
  phoneNumber: 'phone_number',
  passwordDigest: 'password_digest',
  passwordHasher: 'password_hasher',
  skipPasswordRequirement: 'skip_password_requirement',
  skipUserRequirement: 'skip_user_requirement',
  createdAt: 'created_at',
  banned: 'banned',
  locked: 'locked',
};

export const updateUserNames: FieldNames<UpdateUserParams> = {
  ...profileNames,
  primaryEmailAddressId: 'primary_email_address_id',
  primaryPhoneNumberId: 'primary_phone_number_id',
  notifyPrimaryEmailAddressChanged: 'notify_primary_email_address_changed',
  signOutOfOtherSessions: 'sign_out_of_other_sessions',
};

export const userCountNames: FieldNames<UserCountParams> = {
  emailAddress: 'email_address',
  phoneNumber: 'phone_number',
  username: 'username',
  externalId: 'external_id',
  userId: 'user_id',
  query: 'query',
};

export const userListNames: FieldNames<UserListParams> = {
  ...userCountNames,
  limit: 'limit',
  offset: 'offset',
  orderBy: 'order_by',
};
