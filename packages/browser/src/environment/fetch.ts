import type { Page } from '../page/page.ts';
import { send, unreadable } from '../request/send.ts';
import { fromWire } from '../request/wire.ts';
import type { Environment } from './environment.ts';

/** What is read of the wire's environment, by {@link fromWire}; an official server of the wire may lack `willcall`. */
interface InstanceAnswer {
  readonly willcall?: {
    readonly publishableKey: string;
    readonly hostedPagesUrl: string;
    readonly newLinkUrl?: string;
  };
  readonly authConfig?: { readonly singleSessionMode?: boolean };
  readonly organizationSettings?: { readonly forceOrganizationSelection?: boolean };
  readonly displayConfig?: {
    readonly instanceEnvironmentType?: string;
    readonly applicationName?: string;
    readonly homeUrl?: string;
    readonly signInUrl?: string;
    readonly signUpUrl?: string;
    readonly userProfileUrl?: string;
    readonly afterSignInUrl?: string;
    readonly afterSignUpUrl?: string;
    readonly afterSignOutAllUrl?: string;
    readonly supportEmail?: string;
  };
  readonly userSettings?: {
    readonly attributes?: {
      readonly password?: { readonly enabled?: boolean };
      readonly emailAddress?: { readonly firstFactors?: readonly string[] };
      readonly authenticatorApp?: { readonly enabled?: boolean };
    };
    readonly signUp?: { readonly mode?: string };
    readonly attackProtection?: {
      readonly enumerationProtection?: { readonly enabled?: boolean };
    };
    readonly passwordSettings?: { readonly minLength?: number };
  };
}

/** Asks the server about the instance. */
export async function fetchEnvironment(page: Page): Promise<Environment> {
  const json = await send<object>(page, { method: 'GET', path: '/environment' });
  const {
    willcall,
    displayConfig: display,
    userSettings: settings,
    authConfig,
    organizationSettings,
  } = fromWire(json) as InstanceAnswer;
  // Something else answered in JSON, such as an API of the application.
  if (!display) throw unreadable(200);
  const { password, emailAddress, authenticatorApp } = settings?.attributes ?? {};
  return {
    instanceType: display.instanceEnvironmentType === 'production' ? 'production' : 'development',
    applicationName: display.applicationName ?? '',
    publishableKey: willcall?.publishableKey ?? page.publishableKey ?? '',
    hostedPagesUrl: willcall?.hostedPagesUrl ?? '',
    homeUrl: display.homeUrl || undefined,
    signInUrl: display.signInUrl || undefined,
    signUpUrl: display.signUpUrl || undefined,
    userProfileUrl: display.userProfileUrl || undefined,
    afterSignInUrl: display.afterSignInUrl || undefined,
    afterSignUpUrl: display.afterSignUpUrl || undefined,
    afterSignOutUrl: display.afterSignOutAllUrl || undefined,
    supportEmail: display.supportEmail || undefined,
    newLinkUrl: willcall?.newLinkUrl,
    isSingleSession: authConfig?.singleSessionMode ?? true,
    signUpMode: settings?.signUp?.mode ?? 'public',
    passwordEnabled: password?.enabled ?? false,
    emailCodeEnabled: emailAddress?.firstFactors?.includes('email_code') ?? false,
    enumerationProtectionEnabled:
      settings?.attackProtection?.enumerationProtection?.enabled ?? false,
    passwordMinLength: settings?.passwordSettings?.minLength ?? 8,
    authenticatorAppEnabled: authenticatorApp?.enabled ?? false,
    isOrganizationForced: organizationSettings?.forceOrganizationSelection ?? false,
  };
}
