import { type UserOrder, userOrders } from '@willcall/contract';
import { z } from 'zod';
import { refuseField } from '../../domain/refusal.ts';
import type { NewUser } from '../../domain/user/create.ts';
import type { UserUpdate } from '../../domain/user/update.ts';
import type { UserFilter, UserPage } from '../../domain/user/user.ts';
import {
  flagField,
  idField,
  listField,
  metadataField,
  pageFields,
  pastField,
  readTime,
  timeField,
} from './fields.ts';

const nameField = z.string().max(256).nullish();
const username = z
  .string()
  .min(3)
  .max(64)
  .regex(/^[\w.-]+$/, 'letters, digits, dot, dash and underscore only');

const profileFields = {
  external_id: z.string().max(256).nullish(),
  first_name: nameField,
  last_name: nameField,
  locale: z.string().max(35).nullish(),
  username: username.nullish(),
  password: z.string().min(1).nullish(),
  skip_password_checks: z.boolean().nullish(),
  delete_self_enabled: z.boolean().nullish(),
  create_organization_enabled: z.boolean().nullish(),
  create_organizations_limit: z.int().min(0).nullish(),
  legal_accepted_at: pastField.nullish(),
  skip_legal_checks: z.boolean().nullish(),
  public_metadata: metadataField.nullish(),
  private_metadata: metadataField.nullish(),
  unsafe_metadata: metadataField.nullish(),
  totp_secret: z.string().max(200).nullish(),
  backup_codes: z.array(z.string().max(100)).max(100).nullish(),
};

export const createUserSchema = z.strictObject({
  ...profileFields,
  email_address: z.array(z.string()).max(10).nullish(),
  phone_number: z.array(z.string()).max(10).nullish(),
  password_digest: z.string().max(500).nullish(),
  password_hasher: z.string().max(50).nullish(),
  skip_password_requirement: z.boolean().nullish(),
  skip_user_requirement: z.boolean().nullish(),
  created_at: pastField.nullish(),
  banned: z.boolean().nullish(),
  locked: z.boolean().nullish(),
});

export const updateUserSchema = z.strictObject({
  ...profileFields,
  primary_email_address_id: idField.nullish(),
  primary_phone_number_id: idField.nullish(),
  notify_primary_email_address_changed: z.boolean().nullish(),
  sign_out_of_other_sessions: z.boolean().nullish(),
});

export const metadataSchema = z.strictObject({
  public_metadata: metadataField.optional(),
  private_metadata: metadataField.optional(),
  unsafe_metadata: metadataField.optional(),
});

const searchField = z.string().max(200).optional();

export const userCountSchema = z.strictObject({
  email_address: listField.optional(),
  phone_number: listField.optional(),
  external_id: listField.optional(),
  username: listField.optional(),
  user_id: listField.optional(),
  query: searchField,
  email_address_query: searchField,
  phone_number_query: searchField,
  username_query: searchField,
  name_query: searchField,
  banned: flagField.optional(),
  last_active_at_before: timeField.optional(),
  last_active_at_after: timeField.optional(),
  last_active_at_since: timeField.optional(),
  created_at_before: timeField.optional(),
  created_at_after: timeField.optional(),
  last_sign_in_at_before: timeField.optional(),
  last_sign_in_at_after: timeField.optional(),
  // Sent by SDKs beside the filters; a count has no pages.
  limit: z.string().optional(),
  offset: z.string().optional(),
  order_by: z.string().optional(),
});

export const userListSchema = userCountSchema.extend({
  ...pageFields,
  order_by: z
    .string()
    .regex(
      new RegExp(`^[+-]?(${userOrders.join('|')})$`),
      `one of ${userOrders.join(', ')}, with - before it to turn it round`,
    )
    .default('-created_at'),
});

/** A new user from a body that was parsed. */
export function readNewUser(body: z.output<typeof createUserSchema>): NewUser {
  if (body.password_hasher && !body.password_digest) {
    throw refuseField(
      'form_param_missing',
      'password_digest',
      'password_hasher says how a password_digest was made. Give both, or neither.',
    );
  }
  return {
    ...readProfile(body),
    emailAddresses: body.email_address ?? undefined,
    phoneNumbers: body.phone_number ?? undefined,
    passwordDigest: body.password_digest ?? undefined,
    passwordHasher: body.password_hasher ?? undefined,
    createdAt: readTime(body.created_at),
    isBanned: body.banned ?? undefined,
    isLocked: body.locked ?? undefined,
  };
}

/** A change from a body that was parsed: what it does not name stays as it is. */
export function readUserUpdate(body: z.output<typeof updateUserSchema>): UserUpdate {
  const change = {
    ...readProfile(body),
    primaryEmailAddressId: body.primary_email_address_id,
    primaryPhoneNumberId: body.primary_phone_number_id,
    signOutOfOtherSessions: body.sign_out_of_other_sessions,
  };
  const names: Record<string, keyof typeof body> = {
    externalId: 'external_id',
    firstName: 'first_name',
    lastName: 'last_name',
    locale: 'locale',
    username: 'username',
    createOrganizationsLimit: 'create_organizations_limit',
  };
  // `null` empties these; everywhere else it means that nothing is said.
  const entries = Object.entries(change).filter(([field, value]) => {
    const name = names[field];
    return (value !== undefined && value !== null) || (name !== undefined && body[name] === null);
  });
  return Object.fromEntries(entries);
}

/** A filter from a query that was parsed. */
export function readUserFilter(
  query: Omit<z.output<typeof userCountSchema>, 'limit' | 'offset' | 'order_by'>,
): UserFilter {
  const filter = {
    ids: query.user_id,
    emailAddresses: query.email_address,
    phoneNumbers: query.phone_number,
    usernames: query.username,
    externalIds: query.external_id,
    query: query.query,
    emailAddressQuery: query.email_address_query,
    phoneNumberQuery: query.phone_number_query,
    usernameQuery: query.username_query,
    nameQuery: query.name_query,
    banned: query.banned,
    createdAtBefore: query.created_at_before,
    createdAtAfter: query.created_at_after,
    lastActiveAtBefore: query.last_active_at_before,
    lastActiveAtAfter: query.last_active_at_after ?? query.last_active_at_since,
    lastSignInAtBefore: query.last_sign_in_at_before,
    lastSignInAtAfter: query.last_sign_in_at_after,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** A page from a query that was parsed. */
export function readUserPage(query: z.output<typeof userListSchema>): UserPage {
  return {
    orderBy: query.order_by.replace(/^[+-]/, '') as UserOrder,
    isAscending: !query.order_by.startsWith('-'),
    limit: query.limit,
    offset: query.offset,
  };
}

function readProfile(body: z.output<z.ZodObject<typeof profileFields>>) {
  return {
    externalId: body.external_id ?? undefined,
    firstName: body.first_name ?? undefined,
    lastName: body.last_name ?? undefined,
    locale: body.locale ?? undefined,
    username: body.username ?? undefined,
    password: body.password ?? undefined,
    skipPasswordChecks: body.skip_password_checks ?? undefined,
    isDeleteSelfEnabled: body.delete_self_enabled ?? undefined,
    isCreateOrganizationEnabled: body.create_organization_enabled ?? undefined,
    createOrganizationsLimit: body.create_organizations_limit ?? undefined,
    legalAcceptedAt: readTime(body.legal_accepted_at),
    publicMetadata: body.public_metadata ?? undefined,
    privateMetadata: body.private_metadata ?? undefined,
    unsafeMetadata: body.unsafe_metadata ?? undefined,
    secondFactors: {
      totpSecret: body.totp_secret ?? undefined,
      backupCodes: body.backup_codes ?? undefined,
    },
  };
}
