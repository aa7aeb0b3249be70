import { z } from 'zod';
import type { InstanceSettings } from './domain/instance/settings.ts';

/** Mails, headers and pages carry the settings: a line break in one would be a line of theirs. */
const isPlain = [
  (text: string) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text),
  'It has a control character, such as a line break. Remove it.',
] as const;
const webUrl = z
  .url({ protocol: /^https?$/ })
  .refine(...isPlain)
  .describe('An absolute http or https address.');
/** Where people ask for a new link; pages make a link of it, so nothing that runs. */
const newLinkUrl = z
  .url({ protocol: /^(https?|mailto)$/ })
  .max(2048)
  .refine(...isPlain);
const origin = z
  .string()
  .refine((text) => URL.canParse(text) && new URL(text).origin === text && !text.includes('*'), {
    message: 'Write an origin as scheme, host and port alone, for example https://app.example.com.',
  })
  .describe('Scheme, host and port, for example https://app.example.com.');

/** The fields of an enterprise connection that the Backend API shares. */
export const connectionFields = {
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .refine(...isPlain)
    .describe('Once among all connections. People choose by it.'),
  domains: z
    .array(
      z
        .string()
        .max(253)
        .regex(
          /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?$/i,
          'Write a domain like example.com.',
        ),
    )
    .min(1)
    .max(100)
    .describe('E-mail domains whose people must sign in there.'),
  discovery_url: z
    .string()
    .max(2048)
    .refine(...isPlain)
    .describe('The https address of the provider that ends in /.well-known/openid-configuration.'),
  client_id: z
    .string()
    .min(1)
    .max(500)
    .refine(...isPlain)
    .describe('What the provider calls this server.'),
};

const connection = z.strictObject({
  ...connectionFields,
  client_secret_env: z
    .string()
    .regex(/^[A-Z_][A-Z0-9_]*$/i)
    .optional()
    .describe('The environment variable that holds the client secret. None for a public client.'),
  active: z.boolean().default(true).describe('Whether people must sign in there already.'),
});

/**
 * `willcall.config.json`. Unknown names are refused, so that a misspelt setting does not
 * pass for a set one. A JSON Schema for editors is generated from here.
 */
export const settingsFileSchema = z.strictObject({
  $schema: z.string().optional().describe('The JSON Schema that your editor uses. Ignored.'),
  public_url: webUrl
    .optional()
    .describe(
      'The address under which people reach this server. In development it counts where it is one of this machine, for a proxy in front.',
    ),
  application_name: z
    .string()
    .min(1)
    .max(100)
    .refine(...isPlain)
    .default('Willcall')
    .describe('The name that pages and mails show.'),
  allowed_origins: z
    .array(origin)
    .max(100)
    .default([])
    .describe('Origins of your apps. One list for CORS, links, redirects and session tokens.'),
  sign_in_url: webUrl.optional().describe('Your page with <SignIn/>. Default: the hosted page.'),
  asking_pages: z
    .array(webUrl)
    .max(100)
    .default([])
    .describe(
      'Your pages that ask for confirmation themselves, by origin and path: they redeem with asks, and show what ticket_confirmation_required tells. Links to other pages ask on the hosted page first.',
    ),
  sign_up_url: webUrl.optional().describe('Your page with <SignUp/>. Default: the hosted page.'),
  home_url: webUrl.optional().describe('Your start page. Default: the hosted home page.'),
  after_sign_in_url: webUrl.optional().describe('Where people land after signing in.'),
  new_link_url: newLinkUrl
    .optional()
    .describe('Where a person asks for a new sign-in link: an http, https or mailto address.'),
  support_email: z.email().optional().describe('Shown where a person can go no further.'),
  test_mode: z
    .boolean()
    .default(true)
    .describe('Development only: addresses with +clerk_test take the code 424242.'),
  single_session: z
    .boolean()
    .default(true)
    .describe('Whether a browser holds one session at a time.'),
  password: z.boolean().default(true).describe('Sign-in with a password.'),
  email_code: z.boolean().default(true).describe('Sign-in with a code sent by e-mail.'),
  sign_up: z
    .enum(['public', 'restricted', 'waitlist'])
    .default('public')
    .describe('Who may make an account: anybody, or people with an invitation alone.'),
  client_trust: z
    .boolean()
    .default(false)
    .describe(
      'Whether a password from a browser that the person never used needs a code by e-mail as well.',
    ),
  least_step_up: z
    .enum(['none', 'second_factor', 'client_trust'])
    .default('none')
    .describe('What a sign-in by ticket must prove at least, whatever its token says.'),
  first_factor_beside_tickets: z
    .boolean()
    .default(false)
    .describe('Whether a ticket alone signs nobody in: a password or a code is asked for as well.'),
  confirmation: z
    .enum(['none', 'auto', 'always'])
    .optional()
    .describe(
      'Whether pages ask before a ticket signs somebody in, unless its token says: never, unless this browser knows the person, or always. Default: none in development, auto in production.',
    ),
  organizations: z.boolean().default(false).describe('Whether users can belong to organizations.'),
  create_organizations: z
    .boolean()
    .default(true)
    .describe('Whether people create organizations themselves, where there are any.'),
  force_organization: z
    .boolean()
    .default(false)
    .describe('Whether a session waits until the person has chosen an organization.'),
  password_min_length: z.int().min(8).max(72).default(8).describe('Characters.'),
  session_lifetime_seconds: z
    .int()
    .min(60)
    .max(31_536_000)
    .default(604_800)
    .describe('How long a session lives at most. Default: 7 days.'),
  session_inactivity_seconds: z
    .int()
    .min(60)
    .max(31_536_000)
    .default(604_800)
    .describe('How long an unused session lives. Default: 7 days.'),
  max_token_lifetime_seconds: z
    .int()
    .min(1)
    .max(31_536_000)
    .default(31_536_000)
    .describe('The longest life of a sign-in token. Default: one year.'),
  token_retention_days: z
    .int()
    // A sign-in that began with a ticket may end a day after it.
    .min(2)
    .max(3650)
    .default(90)
    .describe(
      'How long a sign-in token or an invitation is kept once it was used, was revoked or expired, and a session after its longest life. A ticket is answered with its own code that long. Default: 90 days.',
    ),
  trace_retention_days: z
    .int()
    .min(1)
    .max(3650)
    .default(30)
    .describe(
      'How long it is kept from which network and device a token was redeemed, and which tries were refused. Default: 30 days.',
    ),
  audit_retention_days: z
    .int()
    .min(30)
    .max(36_500)
    .default(365)
    .describe(
      'How long a line of the audit log is kept. What is left can still be proved whole. Default: one year.',
    ),
  lockout_attempts: z
    .int()
    .min(1)
    .max(1000)
    .default(100)
    .describe(
      'Wrong passwords and codes, over all sign-ins, that lock an account. A session that opens ends the count.',
    ),
  lockout_seconds: z
    .int()
    .min(60)
    .max(31_536_000)
    .default(3600)
    .describe('How long an account stays locked. Default: one hour.'),
  enumeration_protection: z
    .boolean()
    .default(false)
    .describe(
      'Whether sign-in and sign-up answer the same for an identifier that has an account and for one that has none, until something is proved.',
    ),
  enterprise_connections: z
    .array(connection)
    .max(100)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
      message: 'Two of them have one name.',
    })
    .default([])
    .describe(
      'Identity providers of companies, by OpenID Connect. Each is known by its name; those left out stay.',
    ),
  cookie_domain: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)
    .optional()
    .describe('Production: the parent domain of your apps, when official SDKs run on them.'),
});

/** A `willcall.config.json` after validation, defaults filled in. */
export type SettingsFile = z.output<typeof settingsFileSchema>;

/** The settings that a configuration file gives. */
export function settingsFromFile(file: SettingsFile): InstanceSettings {
  return {
    applicationName: file.application_name,
    allowedOrigins: file.allowed_origins,
    signInUrl: file.sign_in_url,
    askingPages: file.asking_pages,
    signUpUrl: file.sign_up_url,
    homeUrl: file.home_url,
    afterSignInUrl: file.after_sign_in_url,
    newLinkUrl: file.new_link_url,
    supportEmail: file.support_email,
    isTestMode: file.test_mode,
    isSingleSession: file.single_session,
    strategies: { password: file.password, emailCode: file.email_code },
    signUpMode: file.sign_up,
    isClientTrustAsked: file.client_trust,
    leastStepUp: file.least_step_up,
    isFirstFactorAskedBesideTickets: file.first_factor_beside_tickets,
    confirmation: file.confirmation,
    hasOrganizations: file.organizations,
    isOrganizationCreationAllowed: file.create_organizations,
    isOrganizationForced: file.organizations && file.force_organization,
    passwordMinLength: file.password_min_length,
    sessionLifetimeSeconds: file.session_lifetime_seconds,
    sessionInactivitySeconds: file.session_inactivity_seconds,
    maxTokenLifetimeSeconds: file.max_token_lifetime_seconds,
    tokenRetentionDays: file.token_retention_days,
    traceRetentionDays: file.trace_retention_days,
    auditRetentionDays: file.audit_retention_days,
    lockoutAttempts: file.lockout_attempts,
    lockoutSeconds: file.lockout_seconds,
    isEnumerationProtected: file.enumeration_protection,
    cookieDomain: file.cookie_domain,
  };
}

/** The settings of an instance that nobody configured. */
export const defaultSettings: InstanceSettings = settingsFromFile(settingsFileSchema.parse({}));
