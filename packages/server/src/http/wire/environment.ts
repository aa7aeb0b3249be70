import type { InstanceState } from '../../domain/instance/instance.ts';
import { maxPasswordBytes } from '../../domain/user/password.ts';
import { presentDisplayConfig } from './display-config.ts';

/** What every page may know of the instance: the wire's environment, and our addresses beside it. */
export function presentEnvironment(
  instance: InstanceState,
  found: { readonly hasEnterpriseSso: boolean },
) {
  return {
    object: 'environment',
    id: `env_${instance.id.slice('ins_'.length)}`,
    auth_config: presentAuthConfig(instance),
    display_config: presentDisplayConfig(instance),
    user_settings: presentUserSettings(instance, found),
    organization_settings: presentOrganizationSettings(instance),
    fraud_settings: { object: 'fraud_settings', native: { device_attestation_mode: 'disabled' } },
    commerce_settings: commerceSettings,
    api_keys_settings: {
      enabled: false,
      user_api_keys_enabled: false,
      orgs_api_keys_enabled: false,
    },
    protect_config: { loaders: [] },
    client_debug_mode: false,
    partitioned_cookies: false,
    maintenance_mode: false,
    willcall: {
      publishable_key: instance.publishableKey,
      hosted_pages_url: instance.publicUrl,
      new_link_url: instance.settings.newLinkUrl ?? null,
    },
  };
}

function presentAuthConfig({ id, settings }: InstanceState) {
  const { password, emailCode } = settings.strategies;
  return {
    object: 'auth_config',
    id: `aconf_${id.slice('ins_'.length)}`,
    first_name: 'on',
    last_name: 'on',
    email_address: 'required',
    phone_number: 'off',
    username: 'on',
    password: password ? 'required' : 'off',
    identification_requirements: [['email_address']],
    identification_strategies: ['email_address', 'phone_number', 'username'],
    first_factors: [
      'ticket',
      ...(password ? ['password'] : []),
      ...(emailCode ? ['email_code'] : []),
    ],
    second_factors: ['totp', 'backup_code'],
    email_address_verification_strategies: ['email_code'],
    single_session_mode: settings.isSingleSession,
    enhanced_email_deliverability: false,
    test_mode: settings.isTestMode,
    cookieless_dev: false,
    url_based_session_syncing: true,
    claimed_at: null,
    reverification: false,
    preferred_channels: {},
    session_minter: false,
    native_settings: {
      object: 'native_settings',
      api_enabled: true,
      trusted_device_sign_in_enabled: false,
      trusted_device_enrollment_prompt_after_sign_in_enabled: false,
      trusted_device_enrollment_prompt_after_sign_up_enabled: false,
    },
  };
}

function presentUserSettings(
  { settings }: InstanceState,
  { hasEnterpriseSso }: { readonly hasEnterpriseSso: boolean },
) {
  const { password, emailCode } = settings.strategies;
  return {
    attributes: {
      email_address: attribute({
        enabled: true,
        required: true,
        used_for_first_factor: emailCode,
        first_factors: emailCode ? ['email_code'] : [],
        verifications: ['email_code'],
        verify_at_sign_up: true,
      }),
      phone_number: attribute({}),
      username: attribute({ enabled: true }),
      web3_wallet: attribute({}),
      first_name: attribute({ enabled: true }),
      last_name: attribute({ enabled: true }),
      password: attribute({ enabled: password, required: password }),
      authenticator_app: secondFactor(['totp']),
      ticket: attribute({ enabled: true, used_for_first_factor: true, first_factors: ['ticket'] }),
      backup_code: secondFactor(['backup_code']),
      passkey: attribute({}),
    },
    social: {},
    saml: { enabled: false, self_serve_sso: false },
    enterprise_sso: { enabled: hasEnterpriseSso, self_serve_sso: false },
    sign_in: { second_factor: { required: false, enabled: true } },
    sign_up: {
      captcha_enabled: false,
      captcha_widget_type: 'smart',
      custom_action_required: false,
      progressive: true,
      mode: settings.signUpMode,
      legal_consent_enabled: false,
      allowlist_only: false,
    },
    restrictions: {
      allowlist: off,
      blocklist: off,
      allowlist_blocklist_disabled_on_sign_in: off,
      block_email_subaddresses: off,
      block_disposable_email_domains: off,
    },
    password_settings: {
      disable_hibp: true,
      disable_password_reverification: false,
      min_length: settings.passwordMinLength,
      max_length: maxPasswordBytes,
      require_special_char: false,
      require_numbers: false,
      require_uppercase: false,
      require_lowercase: false,
      show_zxcvbn: false,
      min_zxcvbn_strength: 0,
      enforce_hibp_on_sign_in: false,
      allowed_special_characters: '',
    },
    passkey_settings: {
      allow_autofill: false,
      show_sign_in_button: false,
      satisfies_second_factor: false,
    },
    username_settings: {
      min_length: 3,
      max_length: 64,
      allow_extended_special_characters: false,
      allow_numeric_usernames: true,
    },
    actions: {
      delete_self: true,
      create_organization: settings.hasOrganizations && settings.isOrganizationCreationAllowed,
      create_organizations_limit: null,
    },
    attack_protection: {
      user_lockout: {
        enabled: true,
        max_attempts: settings.lockoutAttempts,
        duration_in_minutes: Math.ceil(settings.lockoutSeconds / 60),
      },
      pii: { enabled: false },
      email_link: { require_same_client: true },
      enumeration_protection: { enabled: settings.isEnumerationProtected },
    },
  };
}

const off = { enabled: false } as const;

const nothing = {
  enabled: false,
  required: false,
  used_for_first_factor: false,
  first_factors: [] as string[],
  used_for_second_factor: false,
  second_factors: [] as string[],
  verifications: [] as string[],
  verify_at_sign_up: false,
  immutable: false,
};

function attribute(given: Partial<typeof nothing>): typeof nothing {
  return { ...nothing, ...given };
}

function secondFactor(strategies: string[]): typeof nothing {
  return attribute({ enabled: true, used_for_second_factor: true, second_factors: strategies });
}

function presentOrganizationSettings({ settings }: InstanceState) {
  const { hasOrganizations, isOrganizationForced } = settings;
  return {
    enabled: hasOrganizations,
    max_allowed_memberships: 0,
    force_organization_selection: isOrganizationForced,
    actions: { admin_delete: false },
    domains: { enabled: false, enrollment_modes: [], default_role: '' },
    slug: { disabled: !hasOrganizations },
    organization_creation_defaults: { enabled: false },
    creator_role: hasOrganizations ? 'org:admin' : '',
  };
}

const commerceSettings = {
  billing: {
    stripe_publishable_key: null,
    free_trial_requires_payment_method: false,
    user: { enabled: false, has_paid_plans: false },
    organization: { enabled: false, has_paid_plans: false },
  },
} as const;
