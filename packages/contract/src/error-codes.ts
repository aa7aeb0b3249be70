/**
 * Every error code that the server can answer, with its HTTP status, when it comes and
 * what to do then. The reference is generated from here.
 *
 * The codes are a public promise: they never change their meaning. A code without
 * a status does not compile, since {@link ErrorCode} is derived from this table.
 * Where a code exists on Clerk's wire, name and status are the same there.
 */
export const errorStatus = {
  // The caller
  /**
   * Nobody is signed in, the session is over, or a Backend API call has no key. Sign in again,
   * or send the secret key.
   */
  authentication_invalid: 401,
  /** The header is not `Authorization: Bearer sk_…`. Write it so. */
  authorization_header_format_invalid: 401,
  /** The secret key is unknown or revoked. Make one with `willcall keys create`. */
  clerk_key_invalid: 401,
  /**
   * Development: this dev-browser token is unknown here. Load the page again; SDKs get a new
   * one by themselves.
   */
  dev_browser_unauthenticated: 401,
  /**
   * The server was called by a name that is not its own. Let the proxy pass on the Host, or add
   * the name with `--host-name`.
   */
  host_invalid: 400,
  /**
   * A page of an origin that is not allowed, or a form of another site, wanted a change. Add
   * the origin to `allowed_origins`.
   */
  origin_invalid: 400,
  /**
   * This is closed to people: an account that only the operator deletes. Ask the operator. Or it
   * is what only the person may change, and somebody acts as that person. Stop that first.
   */
  not_allowed_access: 403,
  /**
   * This changes how the person signs in, or deletes the account, and the last proof of who they
   * are is older than ten minutes. Let them prove it again (`/v1/client/sessions/{id}/verify`), and
   * repeat the call.
   */
  session_reverification_required: 403,
  /** The person has made as many organizations as the operator allows. Ask for more, or for an invitation. */
  organization_quota_exceeded: 403,
  /**
   * This call exists in development instances only. In production issue a sign-in token
   * instead.
   */
  request_invalid_for_instance: 403,
  /** The secret key was made for other calls. Use one with the scope that the message names. */
  secret_key_scope_missing: 403,
  /** Too many calls in a short time, or codes by mail in an hour. Wait as long as `Retry-After` says. */
  too_many_requests: 429,

  // The request
  /** The body, path or query cannot be read. Check the syntax and send the fields as one object. */
  request_body_invalid: 400,
  /** The body is larger than 256 KiB, or a form of more than 100 fields. Send less. */
  request_body_too_large: 413,
  /** Send JSON to the Backend API and form fields to the Frontend API. */
  request_content_type_unsupported: 415,
  /** Nothing has this id or address, or it is not yours. Check the id, the path and the method. */
  resource_not_found: 404,
  /** A required field is missing; `meta.param_name` names it. */
  form_param_missing: 422,
  /** The call has no such field; `meta.param_name` names it. Check its spelling. */
  form_param_unknown: 422,
  /** An e-mail address or phone number is not written like one. Correct it. */
  form_param_format_invalid: 422,
  /** The field cannot have this value. The message says which it can have. */
  form_param_value_invalid: 422,
  /** The text is too long for its field. The message says how long it can be. */
  form_param_max_length_exceeded: 422,
  /** Somebody has this address, name or external id already. Use another one, or sign in. */
  form_identifier_exists: 422,
  /** No account has this identifier. Check it, or create an account. */
  form_identifier_not_found: 422,
  /**
   * The code is wrong, or was used. Read the newest mail, or wait until the app shows the next
   * one, and try again.
   */
  form_code_incorrect: 422,
  /** The password is wrong. Try again, or reset it. */
  form_password_incorrect: 422,
  /** The password has fewer characters than `password_min_length`. Choose a longer one. */
  form_password_length_too_short: 422,
  /** The password is too long. Choose a shorter one. */
  form_password_size_in_bytes_exceeded: 422,
  /** The new password is the present one. Choose another. */
  form_new_password_matches_current: 422,
  /** A new user needs an e-mail address, phone number, username or external id. Give one. */
  form_data_missing: 422,
  /** The header `Idempotency-Key` takes 1 to 255 visible ASCII characters. Correct it. */
  idempotency_key_invalid: 400,
  /** This `Idempotency-Key` came with another body within 24 hours. Use a new key for each token. */
  idempotency_key_reused: 422,
  /** The destination is on an origin that is not allowed. Add the origin to `allowed_origins`. */
  redirect_url_mismatch: 422,
  /**
   * The text is no absolute address, or one that could run script. Give an address such as
   * `myapp://callback`.
   */
  redirect_url_invalid: 422,

  // Tickets
  /** The text is no ticket of this server. Open the whole link again, or ask for a new one. */
  ticket_invalid_code: 400,
  /** The ticket has expired. Issue a new one. */
  ticket_expired_code: 400,
  /** The ticket has signed somebody in already. Issue a new one. */
  sign_in_token_already_used_code: 400,
  /** The ticket was withdrawn. Issue a new one if that was a mistake. */
  sign_in_token_revoked_code: 400,
  /** The ticket must be confirmed on a page that names the account. `meta.confirmation` says what to ask there. */
  ticket_confirmation_required: 400,
  /** The step from the confirmation to the page took too long, was begun anew, or ends in another browser. Open the link again. */
  ticket_continuation_expired: 400,
  /** The ticket is for the browser that asked for it (`same_browser`), and this is another. Open the link there, or ask for a new one. */
  ticket_wrong_browser: 400,
  /** The account of the ticket is gone. Create the user again and issue a new one. */
  sign_in_token_cannot_be_used_code: 400,
  /**
   * Only a pending token can be revoked, and this one is not. Revoke the session that it
   * opened, if that is meant.
   */
  sign_in_token_cannot_be_revoked_code: 400,
  /** A sign-in ticket was used to sign up. Use it to sign in. */
  sign_in_token_not_in_sign_in_code: 400,
  /** This link to act as a person has been used. Make a new one. */
  actor_token_already_used_code: 400,
  /** This link to act as a person was withdrawn. Make a new one. */
  actor_token_revoked_code: 400,
  /** Only a pending token can be revoked, and this one is not. Revoke the session that it opened, if that is meant. */
  actor_token_cannot_be_revoked_code: 400,
  /** The person of this link does not exist any more. */
  actor_token_subject_not_found: 404,

  // Invitations and organizations
  /** There is a pending invitation for this address. Revoke it first, or send `ignore_existing`. */
  duplicate_record: 400,
  /** More than ten invitations in one call. Make several calls. */
  bulk_size_exceeded: 400,
  /** The invitation has made an account already. Sign in. */
  invitation_already_accepted: 400,
  /** The invitation was withdrawn already, so there is nothing to revoke. Nothing needs to be done. */
  invitation_already_revoked: 400,
  /** There is an account with the address of this invitation. Sign in. */
  invitation_account_exists: 400,
  /** There is no account with the address of this invitation yet. Sign up with it. */
  invitation_account_not_exists: 400,
  /** The invitation was withdrawn. Ask for a new one. */
  revoked_invitation: 400,
  /** Organizations are off. Set `organizations` in the configuration. */
  organization_not_enabled_in_instance: 403,
  /** A mail is to be sent and the server has nothing to send it with. Set `WILLCALL_SMTP_URL`, or invite with `notify: false` and pass the link on yourself. */
  mail_not_enabled_in_instance: 403,
  /** The user who shall have created the organization does not exist. Check `created_by`. */
  organization_creator_not_found: 400,
  /** There is no such organization, or the person is no member of it. Choose another. */
  organization_not_found_or_unauthorized: 404,
  /** The user is no member of the organization. Add the user first, or name another. */
  not_a_member_in_organization: 403,
  /** The member is no administrator of the organization. Let one do it. */
  missing_organization_permission: 403,
  /** The person is a member already. Nothing needs to be done. */
  already_a_member_in_organization: 400,
  /** The organization has as many members as `max_allowed_memberships` allows. Raise it. */
  organization_membership_quota_exceeded: 403,
  /** There is a pending invitation to this organization for the address. Revoke it first. */
  organization_invitation_not_unique: 400,
  /** The invitation to the organization was accepted already. Sign in. */
  organization_invitation_already_accepted: 400,
  /** The invitation to the organization was withdrawn. Ask for a new one. */
  organization_invitation_revoked_code: 400,
  /** There is an account with the address of this invitation. Sign in with the link. */
  organization_invitation_identification_already_exists: 400,
  /** There is no account with the address of this invitation yet. Sign up with the link. */
  organization_invitation_identification_not_exist: 400,
  /** Nobody invited this person so. Look at the list of invitations. */
  organization_invitation_not_found: 404,
  /** The invitation to the organization is accepted, withdrawn or expired. Ask for a new one. */
  organization_invitation_not_pending: 404,
  /** The organization of this invitation does not exist any more. */
  organization_invitation_to_deleted_organization: 400,
  /** New accounts are made by invitation here. Ask the operator for one. */
  sign_up_mode_restricted: 403,
  /** New accounts are made by invitation here, and others wait. Ask the operator for a place. */
  sign_up_restricted_waitlist: 403,

  // Signing in and up
  /**
   * Somebody is signed in in this browser, which holds one session at a time; the ticket stays
   * good. Go on as that person, or sign out first.
   */
  session_exists: 400,
  /** Somebody acts as another person in this browser. Stop that, then sign in. */
  session_creation_not_allowed: 409,
  /**
   * This user is signed in in this browser already; the ticket stays good. Activate the session
   * of `meta.session_id`.
   */
  identifier_already_signed_in: 400,
  /**
   * The code was right and nobody has the address: the sign-in asked for `sign_up_if_missing`.
   * Go on with a sign-up that names `transfer`.
   */
  sign_up_if_missing_transfer: 422,
  /** There is nothing that a sign-up with `transfer` could go on from. Start again. */
  account_transfer_invalid: 400,
  /** The account cannot sign in this way. Choose another, or send a sign-in link. */
  strategy_for_user_invalid: 400,
  /**
   * A second factor is asked for by name and the account has none any more. Add one, or issue a
   * token that does not ask for it.
   */
  second_factor_unavailable: 403,
  /**
   * The device is not known, and the account has no verified e-mail address to prove it by. Give
   * the account one, or issue a token that does not ask for it.
   */
  client_trust_unavailable: 403,
  /** The account has an authenticator app already. Remove it first. */
  totp_already_enabled: 400,
  /** Backup codes go with an authenticator app, and the account has none. Add one first. */
  backup_codes_not_available: 400,
  /** No code is under way. Ask for one first. */
  verification_missing: 400,
  /** The code is older than ten minutes, or the password was changed since it was sent. Ask for a new one. */
  verification_expired: 400,
  /** The code was wrong five times and is void. Ask for a new one. */
  verification_failed: 400,
  /** The address is verified already. Go on to the next step. */
  verification_already_verified: 400,
  /** The sign-in is over or waits for another step. Start again. */
  sign_in_step_invalid: 400,
  /** The sign-up is over or waits for another step. Start again. */
  sign_up_step_invalid: 400,
  /**
   * Too many wrong passwords or codes locked the account; `meta.lockout_expires_in_seconds` says until
   * when. Wait, or unlock it.
   */
  user_locked: 403,
  /** The account was banned. Unban it, or let it be. */
  user_banned: 403,

  // Enterprise connections
  /**
   * Addresses of this domain sign in at their company, which makes no account here. Ask the
   * operator for an account, then sign in.
   */
  enterprise_sso_required: 422,
  /** The identity provider said no. Try again; if it stays so, ask the administrator there. */
  oauth_access_denied: 403,
  /**
   * The answer of the identity provider does not fit what was asked: state, issuer, code or ID
   * token. Start again; the server's log names what was wrong.
   */
  enterprise_sso_failed: 400,
  /**
   * The identity provider does not answer, or its discovery document cannot be used. Try again;
   * if it stays so, look at `discovery_url`, and at the server's log.
   */
  enterprise_sso_unavailable: 503,
  /**
   * The person signed in at the company as somebody else. Sign in there with the account of this
   * address.
   */
  enterprise_identity_mismatch: 403,

  // Sessions and clients
  /** This browser has no attempt under way. Start again. */
  client_not_found: 400,
  /** The session has ended, so there is nothing to revoke. Nothing needs to be done. */
  session_not_active: 400,
  /** The hand-over is unknown, used or older than a minute. Load the page again. */
  invalid_handshake: 400,

  // The server
  /** A bug. Look for the `clerk_trace_id` in the log and report it. */
  internal_error: 500,
  /**
   * The database or the mail server does not answer. Try again; if it stays so, look at the disk
   * of the server and at `WILLCALL_SMTP_URL`.
   */
  service_unavailable: 503,
} as const;

/** A stable error code of the server; see {@link errorStatus} for its HTTP status. */
export type ErrorCode = keyof typeof errorStatus;

/** What a caller can read beside an error. Never carries a secret. */
export interface ErrorMeta {
  /** The request field that the error is about. Never set on an error about a ticket. */
  param_name?: string;
  /** The live session, for `identifier_already_signed_in`. */
  session_id?: string;
  /** What a page must ask before it sends the ticket again, for `ticket_confirmation_required`. */
  confirmation?: TicketQuestionJSON;
  /** Seconds until a locked account opens again, for `user_locked`. */
  lockout_expires_in_seconds?: number;
}

/** What a person is asked before a ticket signs them in. */
export interface TicketQuestionJSON {
  /** The account of the ticket, masked. */
  account: string;
  /** Whether the press makes the account: that of an invitation. */
  is_sign_up: boolean;
  /** Whether the person will act as the account, and not be it. */
  is_impersonation: boolean;
  /** Who is signed in here and is somebody else, by the whole address: the browser is theirs. `null` when nobody is. */
  signed_in_as: string | null;
  /** Whether the account can be signed in beside who is. */
  can_add: boolean;
  /** Goes with the redemption once the person has pressed: `confirmation`. Ten minutes. */
  proof: string;
}

/** One error, as on the wire. `message` is one sentence, `long_message` says what to do. */
export interface ErrorJSON {
  code: ErrorCode;
  message: string;
  long_message: string;
  meta: ErrorMeta;
}

/** The envelope of every refusal. `clerk_trace_id` is the request id in the server's log. */
export interface ErrorsJSON {
  errors: ErrorJSON[];
  clerk_trace_id: string;
}
