import type { Difference } from './compare.ts';

/**
 * Where our answers differ from the published description on purpose: the kind and
 * the field of the difference, and why it must be so. A line that no answer needs any
 * more makes the conformance test fail.
 */
export const extensions: Readonly<Record<string, string>> = {
  // What official SDKs read, or their types promise, and the description leaves out.
  'extra Client.AuthConfig.preferred_channels': 'the SDK reads it',
  'extra Client.AuthConfig.session_minter': 'the SDK reads it',
  'extra Client.Environment.id': 'every resource of the SDK has one',
  'extra Client.Environment.object': 'every resource of the SDK has one',
  'extra Client.OrganizationSettings.force_organization_selection': 'the SDK reads it',
  'extra Client.OrganizationSettings.organization_creation_defaults': 'the SDK reads it',
  'extra Client.Session.tasks': 'the SDK reads it',
  'extra Client.SignUp.has_password': 'the SDK reads it',
  'extra Client.SignUp.locale': 'the types of the SDK promise it',
  'extra Client.User.enterprise_accounts': 'the SDK reads it',
  'extra Client.User.locale': 'the types of the SDK promise it',
  'extra Client.User.profile_image_id': 'the types of the SDK promise it',
  'extra UserSettings.SignIn.second_factor.enabled': 'the SDK reads it',
  'extra UserSettings.SignUp.allowlist_only': 'the SDK reads it',
  'extra createSessionToken 200.object': 'every resource of the SDK has one',
  // What the description requires of a connection, and does not describe.
  'extra EnterpriseConnection.authenticatable': 'the description requires it',
  'extra EnterpriseConnection.disable_jit_provisioning': 'the description requires it',
  // What is ours.
  'extra getOauthCallback query.iss': 'the issuer, which providers send against mix-up (RFC 9207)',
  'extra CreateSignInToken body.step_up':
    'what a ticket must prove besides, which the wire cannot say',
  'extra Client.Environment.willcall': 'our SDK learns key and addresses from the server alone',
};

/** The key under which a difference stands in {@link extensions}. */
export function extensionKey({ kind, field }: Difference): string {
  return `${kind} ${field}`;
}
