import type { Page } from '../page/page.ts';
import { send } from '../request/send.ts';
import type { Environment } from './environment.ts';

/** What is read of the wire's environment; an official server of the wire may lack `willcall`. */
interface EnvironmentJSON {
  readonly willcall?: {
    readonly publishable_key: string;
    readonly hosted_pages_url: string;
    readonly new_link_url?: string | null;
  };
  readonly auth_config?: { readonly single_session_mode?: boolean };
  readonly organization_settings?: { readonly force_organization_selection?: boolean };
  readonly display_config: Readonly<Record<string, string | null | undefined>>;
  readonly user_settings?: {
    readonly attributes?: Readonly<
      Record<
        string,
        { readonly enabled?: boolean; readonly first_factors?: readonly string[] } | undefined
      >
    >;
    readonly sign_up?: { readonly mode?: string };
    readonly attack_protection?: {
      readonly enumeration_protection?: { readonly enabled?: boolean };
    };
    readonly password_settings?: { readonly min_length?: number };
  };
}

/** Asks the server about the instance. */
export async function fetchEnvironment(page: Page): Promise<Environment> {
  const json = await send<EnvironmentJSON>(page, { method: 'GET', path: '/environment' });
  const { display_config: display, user_settings: settings } = json;
  const { password, email_address: email, authenticator_app: app } = settings?.attributes ?? {};
  return {
    instanceType:
      display['instance_environment_type'] === 'production' ? 'production' : 'development',
    applicationName: display['application_name'] ?? '',
    publishableKey: json.willcall?.publishable_key ?? page.publishableKey ?? '',
    hostedPagesUrl: json.willcall?.hosted_pages_url ?? '',
    homeUrl: display['home_url'] || undefined,
    signInUrl: display['sign_in_url'] || undefined,
    signUpUrl: display['sign_up_url'] || undefined,
    userProfileUrl: display['user_profile_url'] || undefined,
    afterSignInUrl: display['after_sign_in_url'] || undefined,
    afterSignUpUrl: display['after_sign_up_url'] || undefined,
    afterSignOutUrl: display['after_sign_out_all_url'] || undefined,
    supportEmail: display['support_email'] || undefined,
    newLinkUrl: json.willcall?.new_link_url ?? undefined,
    isSingleSession: json.auth_config?.single_session_mode ?? true,
    signUpMode: settings?.sign_up?.mode ?? 'public',
    passwordEnabled: password?.enabled ?? false,
    emailCodeEnabled: email?.first_factors?.includes('email_code') ?? false,
    enumerationProtectionEnabled:
      settings?.attack_protection?.enumeration_protection?.enabled ?? false,
    passwordMinLength: settings?.password_settings?.min_length ?? 8,
    authenticatorAppEnabled: app?.enabled ?? false,
    isOrganizationForced: json.organization_settings?.force_organization_selection ?? false,
  };
}
