import type { Metadata } from '@willcall/contract';
import { newId } from '../id.ts';
import { Refusal, refuseField } from '../refusal.ts';
import { type ImportedFactors, importFactors } from '../second-factor/import.ts';
import type { World } from '../world.ts';
import { parseEmailAddress } from './email-address.ts';
import { hashNewPassword, refuseOversizedPassword } from './password.ts';
import { type Identification, type UniqueUserField, type User, UserConflict } from './user.ts';

export interface NewUser {
  readonly emailAddresses?: readonly string[] | undefined;
  readonly phoneNumbers?: readonly string[] | undefined;
  readonly username?: string | undefined;
  readonly externalId?: string | undefined;
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly locale?: string | undefined;
  readonly password?: string | undefined;
  readonly passwordDigest?: string | undefined;
  readonly passwordHasher?: string | undefined;
  readonly skipPasswordChecks?: boolean | undefined;
  readonly publicMetadata?: Metadata | undefined;
  readonly privateMetadata?: Metadata | undefined;
  readonly unsafeMetadata?: Metadata | undefined;
  readonly isDeleteSelfEnabled?: boolean | undefined;
  readonly isCreateOrganizationEnabled?: boolean | undefined;
  readonly createOrganizationsLimit?: number | undefined;
  readonly legalAcceptedAt?: number | undefined;
  readonly createdAt?: number | undefined;
  readonly isBanned?: boolean | undefined;
  readonly isLocked?: boolean | undefined;
  readonly secondFactors?: ImportedFactors | undefined;
}

/**
 * Creates a user for the customer's server: the addresses count as verified.
 * Refuses with `form_identifier_exists` where an identifier is taken, and
 * `form_data_missing` where nothing could identify the person.
 */
export async function createUser(world: World, input: NewUser): Promise<User> {
  const draft = await draftUser(world, input, { isVerified: true, verificationStrategy: 'admin' });
  const { change, backupCodeHashes } = importFactors(world, draft, input.secondFactors ?? {});
  const user = { ...draft, ...change };
  if (
    user.identifications.length === 0 &&
    user.username === undefined &&
    user.externalId === undefined
  ) {
    throw new Refusal(
      'form_data_missing',
      'Give the user an email_address, phone_number, username or external_id.',
    );
  }
  await refuseConflicts(() => world.store.users.create(user, backupCodeHashes));
  return user;
}

/** A user that is not yet in the store. */
export async function draftUser(
  world: World,
  input: NewUser,
  verification: Pick<Identification, 'isVerified' | 'verificationStrategy'>,
): Promise<User> {
  const now = world.clock.now();
  const id = newId(world, 'user');
  const digest = await readDigest(world, input);
  const identifications = draftIdentifications(world, id, input, verification);
  return {
    id,
    externalId: input.externalId,
    username: input.username,
    firstName: input.firstName,
    lastName: input.lastName,
    locale: input.locale,
    primaryEmailAddressId: identifications.find((each) => each.kind === 'email_address')?.id,
    primaryPhoneNumberId: identifications.find((each) => each.kind === 'phone_number')?.id,
    passwordDigest: digest,
    passwordUpdatedAt: digest === undefined ? undefined : now,
    totpSealedSecret: undefined,
    totpVerifiedAt: undefined,
    totpCreatedAt: undefined,
    totpLastStep: undefined,
    backupCodesAt: undefined,
    mfaEnabledAt: undefined,
    mfaDisabledAt: undefined,
    publicMetadata: input.publicMetadata ?? {},
    privateMetadata: input.privateMetadata ?? {},
    unsafeMetadata: input.unsafeMetadata ?? {},
    isBanned: input.isBanned ?? false,
    lockedUntil: input.isLocked ? now + world.instance.settings.lockoutSeconds * 1000 : undefined,
    failedAttempts: 0,
    isDeleteSelfEnabled: input.isDeleteSelfEnabled ?? true,
    isCreateOrganizationEnabled: input.isCreateOrganizationEnabled ?? true,
    createOrganizationsLimit: input.createOrganizationsLimit,
    legalAcceptedAt: input.legalAcceptedAt,
    lastSignInAt: undefined,
    lastActiveAt: undefined,
    createdAt: input.createdAt ?? now,
    updatedAt: now,
    identifications,
  };
}

/** Turns the store's conflict into the refusal that names the field. */
export async function refuseConflicts<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof UserConflict) throw takenRefusal(error.field);
    throw error;
  }
}

function takenRefusal(field: UniqueUserField): Refusal {
  const words = field.replaceAll('_', ' ');
  return refuseField(
    'form_identifier_exists',
    field,
    `Another user has this ${words}. Use a different one.`,
  );
}

async function readDigest(world: World, input: NewUser): Promise<string | undefined> {
  if (input.password !== undefined) {
    if (!input.skipPasswordChecks) return hashNewPassword(world, input.password);
    refuseOversizedPassword(input.password);
    return world.passwords.hash(input.password);
  }
  if (input.passwordDigest === undefined) return undefined;
  if (!world.passwords.supports(input.passwordDigest, input.passwordHasher ?? '')) {
    throw refuseField(
      'form_param_value_invalid',
      'password_digest',
      'Give a digest that matches password_hasher, which is argon2id, argon2i or bcrypt.',
    );
  }
  return input.passwordDigest;
}

function draftIdentifications(
  world: World,
  userId: string,
  input: NewUser,
  verification: Pick<Identification, 'isVerified' | 'verificationStrategy'>,
): Identification[] {
  const now = world.clock.now();
  const draft = (kind: Identification['kind'], value: string): Identification => ({
    id: newId(world, 'idn'),
    userId,
    kind,
    value,
    ...verification,
    createdAt: now,
    updatedAt: now,
  });
  const emails = (input.emailAddresses ?? []).map((text) =>
    draft('email_address', parseEmailAddress(text, 'email_address')),
  );
  const phones = (input.phoneNumbers ?? []).map((text) =>
    draft('phone_number', parsePhoneNumber(text)),
  );
  return [...emails, ...phones];
}

/** A phone number in E.164 form; refuses what is none. */
function parsePhoneNumber(text: string): string {
  const compact = text.replaceAll(/[\s().-]/g, '');
  if (!/^\+[1-9]\d{6,14}$/.test(compact)) {
    throw refuseField(
      'form_param_format_invalid',
      'phone_number',
      'Write a phone number with its country code, like +12015550123.',
    );
  }
  return compact;
}
