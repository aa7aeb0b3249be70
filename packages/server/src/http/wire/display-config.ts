import type { InstanceState } from '../../domain/instance/instance.ts';

/** The addresses and looks of an instance, as official components read them. */
export function presentDisplayConfig({ id, type, publicUrl, settings }: InstanceState) {
  const homeUrl = settings.homeUrl ?? `${publicUrl}/`;
  const afterSignInUrl = settings.afterSignInUrl ?? homeUrl;
  const signInUrl = settings.signInUrl ?? `${publicUrl}/sign-in`;
  return {
    object: 'display_config',
    id: `dconf_${id.slice('ins_'.length)}`,
    instance_environment_type: type,
    application_name: settings.applicationName,
    theme: {},
    preferred_sign_in_strategy: settings.strategies.password ? 'password' : 'otp',
    home_url: homeUrl,
    logo_link_url: homeUrl,
    sign_in_url: signInUrl,
    sign_up_url: settings.signUpUrl ?? `${publicUrl}/sign-up`,
    user_profile_url: `${publicUrl}/user`,
    after_sign_in_url: afterSignInUrl,
    after_sign_up_url: afterSignInUrl,
    after_sign_out_one_url: signInUrl,
    after_sign_out_all_url: signInUrl,
    after_switch_session_url: homeUrl,
    waitlist_url: homeUrl,
    after_join_waitlist_url: homeUrl,
    oauth_consent_url: homeUrl,
    organization_profile_url: homeUrl,
    create_organization_url: homeUrl,
    after_leave_organization_url: homeUrl,
    after_create_organization_url: homeUrl,
    support_email: settings.supportEmail ?? null,
    help_url: null,
    terms_url: null,
    privacy_policy_url: null,
    logo_url: null,
    logo_image_url: null,
    logo_image: null,
    favicon_url: null,
    favicon_image_url: null,
    favicon_image: null,
    branded: false,
    experimental_force_oauth_first: false,
    clerk_js_version: null,
    show_devmode_warning: false,
    google_one_tap_client_id: null,
    captcha_public_key: null,
    captcha_public_key_invisible: null,
    captcha_widget_type: null,
    captcha_provider: null,
    captcha_oauth_bypass: [],
    captcha_heartbeat: false,
  };
}
