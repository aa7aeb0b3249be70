/**
 * The resources as they cross the wire. Times are epoch milliseconds unless the
 * name says otherwise; what is absent is `null`.
 */

import type { ErrorJSON } from './error-codes.ts';

/** Free data that an application keeps with a user. */
export type Metadata = Record<string, unknown>;

export interface VerificationJSON {
  object: string;
  status: 'unverified' | 'verified' | 'transferable' | 'failed' | 'expired';
  strategy: string;
  attempts: number | null;
  expire_at: number | null;
  /** Where the person goes to prove it, for `enterprise_sso`. */
  external_verification_redirect_url?: string;
  /** Why it failed there. */
  error?: ErrorJSON;
}

export interface EmailAddressJSON {
  object: 'email_address';
  id: string;
  email_address: string;
  reserved: boolean;
  verification: VerificationJSON | null;
  linked_to: { type: string; id: string }[];
  matches_sso_connection: boolean;
  created_at: number;
  updated_at: number;
}

export interface PhoneNumberJSON {
  object: 'phone_number';
  id: string;
  phone_number: string;
  reserved_for_second_factor: boolean;
  default_second_factor: boolean;
  reserved: boolean;
  verification: VerificationJSON | null;
  linked_to: { type: string; id: string }[];
  backup_codes: string[] | null;
  created_at: number;
  updated_at: number;
}

/** A user as the person's own browser may see it. */
export interface UserJSON {
  object: 'user';
  id: string;
  username: string | null;
  first_name: string | null;
  last_name: string | null;
  image_url: string;
  has_image: boolean;
  primary_email_address_id: string | null;
  primary_phone_number_id: string | null;
  primary_web3_wallet_id: string | null;
  email_addresses: EmailAddressJSON[];
  phone_numbers: PhoneNumberJSON[];
  web3_wallets: never[];
  passkeys: never[];
  external_accounts: never[];
  saml_accounts: never[];
  enterprise_accounts: never[];
  organization_memberships: OrganizationMembershipJSON[];
  password_enabled: boolean;
  two_factor_enabled: boolean;
  totp_enabled: boolean;
  backup_code_enabled: boolean;
  public_metadata: Metadata;
  unsafe_metadata: Metadata;
  external_id: string | null;
  last_sign_in_at: number | null;
  banned: boolean;
  locked: boolean;
  lockout_expires_in_seconds: number | null;
  verification_attempts_remaining: number | null;
  password_last_updated_at: number | null;
  mfa_enabled_at: number | null;
  mfa_disabled_at: number | null;
  delete_self_enabled: boolean;
  create_organization_enabled: boolean;
  create_organizations_limit?: number;
  last_active_at: number | null;
  legal_accepted_at: number | null;
  locale: string | null;
  profile_image_id: string | null;
  profile_image_url: string;
  created_at: number;
  updated_at: number;
}

/** A user as the customer's server sees it. */
export interface BackendUserJSON extends Omit<
  UserJSON,
  'profile_image_id' | 'organization_memberships'
> {
  private_metadata: Metadata;
}

/** An organization as its members see it. */
export interface OrganizationJSON {
  object: 'organization';
  id: string;
  name: string;
  slug: string;
  image_url: string;
  has_image: boolean;
  members_count: number;
  /** 0: as many as come. */
  max_allowed_memberships: number;
  admin_delete_enabled: boolean;
  public_metadata: Metadata;
  created_at: number;
  updated_at: number;
}

/** An organization as the customer's server sees it. */
export interface BackendOrganizationJSON extends OrganizationJSON {
  private_metadata: Metadata;
  created_by?: string;
}

/** What anybody who is invited may know of an organization. */
export interface PublicOrganizationDataJSON {
  id: string;
  name: string;
  slug: string;
  image_url: string;
  has_image: boolean;
}

/** A person's place in an organization, as the person sees it. */
export interface OrganizationMembershipJSON {
  object: 'organization_membership';
  id: string;
  role: string;
  role_name: string;
  permissions: string[];
  public_metadata: Metadata;
  organization: OrganizationJSON;
  public_user_data: PublicUserDataJSON;
  created_at: number;
  updated_at: number;
}

/** The same as the customer's server sees it. */
export interface BackendOrganizationMembershipJSON extends OrganizationMembershipJSON {
  private_metadata: Metadata;
  organization: BackendOrganizationJSON;
}

export type InvitationStatus = 'pending' | 'accepted' | 'revoked' | 'expired';

/** An invitation to make an account. `url`, which holds the ticket, is in the answer to inviting alone; `null` for a key that may issue no tickets. */
export interface InvitationJSON {
  object: 'invitation';
  id: string;
  email_address: string;
  public_metadata: Metadata;
  revoked: boolean;
  status: InvitationStatus;
  url?: string | null;
  expires_at: number;
  created_at: number;
  updated_at: number;
}

/** An invitation to an organization, as the person who is invited sees it. */
export interface OwnOrganizationInvitationJSON {
  object: 'organization_invitation';
  id: string;
  email_address: string;
  role: string;
  role_name: string;
  organization_id: string;
  public_organization_data: PublicOrganizationDataJSON;
  status: InvitationStatus;
  public_metadata: Metadata;
  url: null;
  expires_at: number;
  created_at: number;
  updated_at: number;
}

/** The same as the customer's server sees it. `url` holds the ticket in the answer to inviting alone. */
export interface OrganizationInvitationJSON extends Omit<
  OwnOrganizationInvitationJSON,
  'public_organization_data' | 'url'
> {
  inviter_id: string | null;
  public_inviter_data: InviterJSON | null;
  private_metadata: Metadata;
  url: string | null;
  public_organization_data?: PublicOrganizationDataJSON;
}

/** Who invited somebody. */
export type InviterJSON = Pick<
  PublicUserDataJSON,
  'user_id' | 'first_name' | 'last_name' | 'image_url' | 'has_image' | 'identifier'
>;

export interface TokenJSON {
  object: 'token';
  jwt: string;
}

export interface PublicUserDataJSON {
  first_name: string | null;
  last_name: string | null;
  image_url: string;
  profile_image_url: string;
  has_image: boolean;
  identifier: string;
  user_id: string;
  username: string | null;
  banned: boolean;
}

export type SessionStatus =
  | 'active'
  | 'pending'
  | 'ended'
  | 'removed'
  | 'revoked'
  | 'expired'
  | 'replaced'
  | 'abandoned';

export interface SessionActivityJSON {
  object: 'session_activity';
  id: string;
  device_type?: string;
  is_mobile: boolean;
  browser_name?: string;
  browser_version?: string;
  ip_address?: string;
  city?: string;
  country?: string;
}

/** A session as the browser that holds it sees it. */
export interface SessionJSON {
  object: 'session';
  id: string;
  status: SessionStatus;
  expire_at: number;
  abandon_at: number;
  last_active_at: number;
  last_active_token: TokenJSON | null;
  last_active_organization_id: string | null;
  actor: Metadata | null;
  tasks: { key: string }[] | null;
  factor_verification_age: [number, number] | null;
  user: UserJSON;
  public_user_data: PublicUserDataJSON;
  created_at: number;
  updated_at: number;
}

/** A session in the list of all of a user's sessions (`GET /v1/me/sessions`). */
export type ListedSessionJSON = Omit<SessionJSON, 'user' | 'last_active_token'>;

/** A live session of a user with its device (`GET /v1/me/sessions/active`). */
export interface ActiveSessionJSON {
  object: 'session';
  id: string;
  status: SessionStatus;
  expire_at: number;
  abandon_at: number;
  last_active_at: number;
  actor: Metadata | null;
  tasks: { key: string }[] | null;
  latest_activity: SessionActivityJSON;
}

/** A session as the customer's server sees it. */
export interface BackendSessionJSON extends ActiveSessionJSON {
  client_id: string;
  user_id: string;
  last_active_organization_id: string | null;
  created_at: number;
  updated_at: number;
}

export interface SignInFactorJSON {
  strategy: string;
  email_address_id?: string;
  phone_number_id?: string;
  safe_identifier?: string;
  primary?: boolean;
  enterprise_connection_id?: string;
  enterprise_connection_name?: string;
}

/** What a sign-in still needs. The server answers no other value. */
export type SignInStatus =
  | 'needs_identifier'
  | 'needs_first_factor'
  | 'needs_second_factor'
  | 'needs_client_trust'
  | 'needs_new_password'
  | 'complete'
  | 'abandoned';

/** What a person who is signed in proves again, and what is still to be proved of it. */
export interface SessionReverificationJSON {
  object: 'session_reverification';
  level: 'first_factor' | 'second_factor' | 'multi_factor';
  status: 'needs_first_factor' | 'needs_second_factor' | 'complete';
  supported_first_factors: SignInFactorJSON[] | null;
  supported_second_factors: SignInFactorJSON[] | null;
  first_factor_verification: VerificationJSON | null;
  second_factor_verification: VerificationJSON | null;
  session: Pick<
    SessionJSON,
    | 'object'
    | 'id'
    | 'status'
    | 'expire_at'
    | 'abandon_at'
    | 'last_active_at'
    | 'last_active_token'
    | 'actor'
    | 'tasks'
  >;
}

export interface SignInJSON {
  object: 'sign_in_attempt';
  id: string;
  status: SignInStatus;
  supported_identifiers: string[];
  supported_first_factors: SignInFactorJSON[] | null;
  supported_second_factors: SignInFactorJSON[] | null;
  first_factor_verification: VerificationJSON | null;
  second_factor_verification: VerificationJSON | null;
  identifier: string | null;
  user_data: {
    first_name: string | null;
    last_name: string | null;
    image_url: string;
    profile_image_url: string;
    has_image: boolean;
  } | null;
  created_session_id: string | null;
  abandon_at: number;
  /** Whether the person used this device before; `pending` before it is known who it is. */
  client_trust_state: 'new' | 'known' | 'pending' | null;
}

/** An authenticator app. `secret` and `uri` are shown until it is verified, `backup_codes` once then. */
export interface TotpJSON {
  object: 'totp';
  id: string;
  secret: string | null;
  uri: string | null;
  verified: boolean;
  backup_codes: string[] | null;
  created_at: number;
  updated_at: number;
}

/** Backup codes, in the one answer that shows them. */
export interface BackupCodesJSON {
  object: 'backup_code';
  id: string;
  codes: string[];
  created_at: number;
  updated_at: number;
}

export interface SignUpVerificationJSON extends VerificationJSON {
  next_action: 'needs_prepare' | 'needs_attempt' | '';
  supported_strategies: string[];
}

export type SignUpStatus = 'missing_requirements' | 'complete' | 'abandoned';

export interface SignUpJSON {
  object: 'sign_up_attempt';
  id: string;
  status: SignUpStatus;
  required_fields: string[];
  optional_fields: string[];
  missing_fields: string[];
  unverified_fields: string[];
  verifications: {
    email_address: SignUpVerificationJSON | null;
    phone_number: null;
    web3_wallet: null;
    external_account: null;
  };
  username: string | null;
  email_address: string | null;
  phone_number: string | null;
  web3_wallet: string | null;
  password_enabled: boolean;
  has_password: boolean;
  first_name: string | null;
  last_name: string | null;
  unsafe_metadata: Metadata;
  public_metadata: Metadata;
  custom_action: boolean;
  external_id: string | null;
  created_session_id: string | null;
  created_user_id: string | null;
  abandon_at: number;
  legal_accepted_at: number | null;
  locale: string | null;
}

/** One browser or app install, with its live sessions. */
export interface ClientJSON {
  object: 'client';
  id: string;
  sessions: SessionJSON[];
  sign_in: SignInJSON | null;
  sign_up: SignUpJSON | null;
  last_active_session_id: string | null;
  last_authentication_strategy: string | null;
  cookie_expires_at: number | null;
  captcha_bypass: boolean;
  created_at: number;
  updated_at: number;
}

/** Answers of the Frontend API carry the resource and the client as it now stands. */
export interface Enveloped<Resource> {
  response: Resource;
  client: ClientJSON | null;
}

export type SignInTokenStatus = 'pending' | 'accepted' | 'revoked';

/** A sign-in token. `token`, the ticket, is in the answer to issuing and nowhere else. */
export interface SignInTokenJSON {
  object: 'sign_in_token';
  id: string;
  user_id: string;
  status: SignInTokenStatus;
  token?: string;
  url?: string | null;
  created_at: number;
  updated_at: number;
}

/** What became of a token. */
export interface TokenOutcomeJSON {
  expires_at: number;
  is_expired: boolean;
  redeemed_at: number | null;
  /** The network that it was redeemed from: /24 of IPv4, /48 of IPv6. Kept for a limited time. */
  redeemed_address: string | null;
  /** Browser and system, such as `Chrome on Windows`. Kept for a limited time. */
  redeemed_device: string | null;
  session_id: string | null;
  /** Why it was issued, in the words of whoever did. */
  reason: string | null;
}

/** A try to redeem a ticket that came to nothing. */
export interface RefusedRedemptionJSON {
  /** The code that it was refused with. */
  code: string;
  refused_at: number;
  /** As `redeemed_address`. */
  address: string | null;
  device: string | null;
}

/** The refused tries of one token: how many there were, and the newest 20, newest first. */
export interface RefusedRedemptionsJSON {
  refused_redemption_count: number;
  refused_redemptions: RefusedRedemptionJSON[];
}

/** One line of the audit log. What tells of a person is `null` once that person is erased. */
export interface AuditLineJSON {
  object: 'audit_line';
  /** 1 for the first line; no number is left out. */
  number: number;
  at: number;
  action: string;
  agent: { kind: 'secret_key' | 'user' | 'actor' | 'operator' | 'server'; id: string | null };
  subject_id: string;
  user_id: string | null;
  detail: Record<string, string | number>;
  address: string | null;
  device: string | null;
  reason: string | null;
  actor: string | null;
  hash: string;
}

/** What binds a ticket to the browser that asks for it: to be passed on when the token is issued. */
export interface SameBrowserJSON {
  /** The SHA-256 hash of the verifier, base64url. */
  challenge: string;
  method: 'S256';
  /** Shows that the server's cookie has the verifier too; `null` where no cookie reaches it. */
  proof: string | null;
}

/** What a bulk revocation did. */
export interface TokenRevocationJSON {
  object: 'token_revocation';
  /** How many tokens were pending and are revoked now. */
  revoked_count: number;
}

/** A sign-in token as our own list and get answer it: what became of it stands beside it. */
export interface SignInTokenDetailsJSON extends SignInTokenJSON, TokenOutcomeJSON {
  /** What must be proved besides the ticket; `null`: the second factor of a user who has one. */
  step_up: 'none' | 'second_factor' | 'client_trust' | null;
  /** What a page asks before it redeems the ticket; `null`: what the instance says. */
  confirmation: 'none' | 'auto' | 'always' | null;
  /** The browser that alone may redeem it; `null`: every browser. */
  same_browser: { challenge: string; method: 'S256' } | null;
}

/** A token with which somebody acts as a user. `token`, the ticket, is in the answer to issuing alone. */
export interface ActorTokenJSON {
  object: 'actor_token';
  id: string;
  user_id: string;
  actor: Metadata;
  status: SignInTokenStatus;
  token?: string;
  url?: string | null;
  created_at: number;
  updated_at: number;
}

/** An actor token as our own list and get answer it. */
export interface ActorTokenDetailsJSON extends ActorTokenJSON, TokenOutcomeJSON {}

/** One page of a list; `next_cursor` is `null` on the last one. */
export interface PageJSON<Item> {
  data: Item[];
  next_cursor: string | null;
}

/** `expires_at` is in epoch **seconds**. */
export interface TestingTokenJSON {
  object: 'testing_token';
  token: string;
  expires_at: number;
}

/** A company's identity provider, by OpenID Connect. */
export interface EnterpriseConnectionJSON {
  object: 'enterprise_connection';
  id: string;
  name: string;
  provider: 'oidc_custom';
  logo_public_url: null;
  active: boolean;
  domains: string[];
  organization_id: string | null;
  authenticatable: boolean;
  disable_jit_provisioning: boolean;
  sync_user_attributes: boolean;
  disable_additional_identifications: boolean;
  allow_organization_account_linking: boolean;
  custom_attributes: never[];
  saml_connection: null;
  oauth_config: {
    id: string;
    name: string;
    provider_key: 'oidc_custom';
    client_id: string;
    discovery_url: string;
    auth_url: null;
    token_url: null;
    user_info_url: null;
    logo_public_url: null;
    requires_pkce: true;
    created_at: number;
    updated_at: number;
  };
  created_at: number;
  updated_at: number;
}

export interface RedirectUrlJSON {
  object: 'redirect_url';
  id: string;
  url: string;
  created_at: number;
  updated_at: number;
}

export interface InstanceJSON {
  object: 'instance';
  id: string;
  environment_type: 'development' | 'production';
  allowed_origins: string[] | null;
  workspace_id: null;
}

export interface DeletedObjectJSON {
  object: string;
  id: string;
  deleted: true;
}

/** Claims of a session token (version 2). Times are epoch **seconds**. */
export interface SessionClaims {
  azp?: string;
  exp: number;
  iat: number;
  nbf: number;
  iss: string;
  jti: string;
  sid: string;
  sub: string;
  sts: 'active' | 'pending';
  fva: [number, number];
  v: 2;
  act?: { sub: string; [claim: string]: unknown };
  o?: { id: string; slg: string; rol: string };
}

/** A client as the customer's server sees it. */
export interface BackendClientJSON {
  object: 'client';
  id: string;
  session_ids: string[];
  sessions: BackendSessionJSON[];
  sign_in_id: string | null;
  sign_up_id: string | null;
  last_active_session_id: string | null;
  last_authentication_strategy: string | null;
  created_at: number;
  updated_at: number;
}

export interface TotalCountJSON {
  object: 'total_count';
  total_count: number;
}

/** A page of a list that is counted (`paginated=true`). */
export interface CountedPageJSON<Item> {
  data: Item[];
  total_count: number;
}

/** A public key that verifies session tokens (RFC 7517, RSA only). */
export interface SigningKeyJSON {
  kty: string;
  use: string;
  alg: string;
  kid: string;
  n: string;
  e: string;
}

/** The keys of a development instance, told to callers on the same machine only. */
export interface DevelopmentKeysJSON {
  publishable_key: string;
  secret_key: string;
}
