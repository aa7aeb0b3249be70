import type {
  BackendUserJSON,
  EmailAddressJSON,
  PhoneNumberJSON,
  PublicUserDataJSON,
  UserJSON,
  VerificationJSON,
} from '@willcall/contract';
import {
  emailAddressesOf,
  hasSecondFactor,
  type Identification,
  isLocked,
  primaryEmailAddress,
  type User,
} from '../../domain/user/user.ts';
import type { World } from '../../domain/world.ts';

/** A user as the person's own browser sees it; `presentPerson` adds where the person belongs. */
export function presentUser(world: World, user: User): UserJSON {
  const now = world.clock.now();
  const image = `${world.instance.publicUrl}/_willcall/avatar.svg`;
  const locked = isLocked(user, now);
  return {
    object: 'user',
    id: user.id,
    username: user.username ?? null,
    first_name: user.firstName ?? null,
    last_name: user.lastName ?? null,
    image_url: image,
    profile_image_url: image,
    has_image: false,
    primary_email_address_id: user.primaryEmailAddressId ?? null,
    primary_phone_number_id: user.primaryPhoneNumberId ?? null,
    primary_web3_wallet_id: null,
    email_addresses: emailAddressesOf(user).map(presentEmailAddress),
    phone_numbers: user.identifications
      .filter((each) => each.kind === 'phone_number')
      .map(presentPhoneNumber),
    web3_wallets: [],
    passkeys: [],
    external_accounts: [],
    saml_accounts: [],
    enterprise_accounts: [],
    organization_memberships: [],
    password_enabled: user.passwordDigest !== undefined,
    two_factor_enabled: hasSecondFactor(user),
    totp_enabled: user.totpVerifiedAt !== undefined,
    backup_code_enabled: user.backupCodesAt !== undefined,
    public_metadata: user.publicMetadata,
    unsafe_metadata: user.unsafeMetadata,
    external_id: user.externalId ?? null,
    last_sign_in_at: user.lastSignInAt ?? null,
    banned: user.isBanned,
    locked,
    lockout_expires_in_seconds: locked ? Math.ceil(((user.lockedUntil ?? now) - now) / 1000) : null,
    verification_attempts_remaining: Math.max(
      0,
      world.instance.settings.lockoutAttempts - user.failedAttempts,
    ),
    password_last_updated_at: user.passwordUpdatedAt ?? null,
    mfa_enabled_at: user.mfaEnabledAt ?? null,
    mfa_disabled_at: user.mfaDisabledAt ?? null,
    delete_self_enabled: user.isDeleteSelfEnabled,
    create_organization_enabled: user.isCreateOrganizationEnabled,
    ...(user.createOrganizationsLimit === undefined
      ? {}
      : { create_organizations_limit: user.createOrganizationsLimit }),
    last_active_at: user.lastActiveAt ?? null,
    legal_accepted_at: user.legalAcceptedAt ?? null,
    locale: user.locale ?? null,
    profile_image_id: null,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  };
}

/** A user as the customer's server sees it. */
export function presentBackendUser(world: World, user: User): BackendUserJSON {
  const {
    profile_image_id: _image,
    organization_memberships: _memberships,
    ...shared
  } = presentUser(world, user);
  return { ...shared, private_metadata: user.privateMetadata };
}

/** What stands beside a session of the user. */
export function presentPublicUserData(world: World, user: User): PublicUserDataJSON {
  const image = `${world.instance.publicUrl}/_willcall/avatar.svg`;
  return {
    first_name: user.firstName ?? null,
    last_name: user.lastName ?? null,
    image_url: image,
    profile_image_url: image,
    has_image: false,
    identifier:
      primaryEmailAddress(user)?.value ??
      user.username ??
      user.identifications[0]?.value ??
      user.id,
    user_id: user.id,
    username: user.username ?? null,
    banned: user.isBanned,
  };
}

function presentEmailAddress(address: Identification): EmailAddressJSON {
  return {
    object: 'email_address',
    id: address.id,
    email_address: address.value,
    reserved: false,
    verification: presentVerification(address),
    linked_to: [],
    matches_sso_connection: false,
    created_at: address.createdAt,
    updated_at: address.updatedAt,
  };
}

function presentPhoneNumber(number: Identification): PhoneNumberJSON {
  return {
    object: 'phone_number',
    id: number.id,
    phone_number: number.value,
    reserved_for_second_factor: false,
    default_second_factor: false,
    reserved: false,
    verification: presentVerification(number),
    linked_to: [],
    backup_codes: null,
    created_at: number.createdAt,
    updated_at: number.updatedAt,
  };
}

function presentVerification(identification: Identification): VerificationJSON {
  const { verificationStrategy: strategy } = identification;
  const isByHand = strategy === 'admin' || strategy === 'ticket';
  return {
    object: isByHand ? `verification_${strategy}` : 'verification_otp',
    status: identification.isVerified ? 'verified' : 'unverified',
    strategy,
    attempts: null,
    expire_at: isByHand ? null : identification.createdAt,
  };
}
