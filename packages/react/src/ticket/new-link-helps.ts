/** Refusals after which another link would work. */
export const newLinkHelps: readonly string[] = [
  'ticket_invalid_code',
  'ticket_expired_code',
  'ticket_wrong_browser',
  'sign_in_token_already_used_code',
  'sign_in_token_revoked_code',
  'actor_token_already_used_code',
  'actor_token_revoked_code',
  'revoked_invitation',
  'organization_invitation_revoked_code',
  'organization_invitation_not_pending',
];
