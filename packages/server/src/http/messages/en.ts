/** What the server itself writes into pages, for people. Other languages have the same shape. */
export const en = {
  language: 'en',
  direction: 'ltr',
  noScript: 'This page needs JavaScript to sign you in.',
  foreignAddress: {
    title: 'This address is not allowed',
    text: 'The link wanted to send you to a place that this service does not know. You can close this page.',
  },
  signInOver: {
    title: 'This sign-in cannot go on here',
    text: 'It was finished before, took too long, or began in another browser. Go back to the application and start again.',
  },
  link: {
    foot: 'Run with Willcall. Not affiliated with or endorsed by Clerk; the name is used only to state compatibility.',
    title: 'Sign in as {account}?',
    actTitle: 'Act as {account}?',
    createTitle: 'Create an account for {account}?',
    explain:
      'Your link signs in to {application}. Press the button to go on; nothing happens before.',
    explainCreate:
      'Your invitation makes an account at {application} and signs you in. Press the button to go on; nothing happens before.',
    explainOther:
      'In this browser {other} is signed in to {application}. Your link is for another account, {account}.',
    continue: 'Continue',
    cancel: 'Cancel',
    switch: 'Sign out and go on as {account}',
    add: 'Add {account}',
    stay: 'Stay as {other}',
    stayGood: 'Your link stays good if you stay.',
    refusedTitle: 'This link does not go on',
    newLink: 'Ask for a new link',
    otherWay: 'Sign in another way',
    contact: 'Need help? Write to {address}.',
    over: 'This page was open too long, or another link was opened since. Open your link again.',
    refusals: {
      ticket_invalid_code:
        'This link is not valid. It may have been cut off: open the whole link again, or ask for a new one.',
      ticket_expired_code: 'This link has expired. Ask for a new one, or sign in another way.',
      ticket_continuation_expired:
        'This step took too long, or began in another browser. Open your link again.',
      ticket_wrong_browser:
        'This link works only in the browser where it was asked for. Open it there, or ask for a new one here.',
      sign_in_token_already_used_code:
        'This link has been used already, and each link works once. Ask for a new one, or sign in another way.',
      sign_in_token_revoked_code:
        'This link was withdrawn by whoever sent it. Ask for a new one, or sign in another way.',
      sign_in_token_cannot_be_used_code:
        'This link belongs to an account that can no longer be used. Sign in with another account.',
      actor_token_already_used_code:
        'This link has been used already, and each link works once. Ask for a new one.',
      actor_token_revoked_code: 'This link was withdrawn by whoever made it. Ask for a new one.',
      actor_token_subject_not_found: 'The account of this link does not exist any more.',
      revoked_invitation: 'This invitation was withdrawn. Ask whoever invited you for a new one.',
      invitation_already_accepted: 'This invitation has made an account already. Sign in instead.',
      invitation_account_exists: 'There is an account with this address already. Sign in instead.',
      organization_invitation_revoked_code:
        'This invitation was withdrawn. Ask whoever invited you for a new one.',
      organization_invitation_already_accepted:
        'This invitation was accepted already. Sign in to go on.',
      organization_invitation_identification_already_exists:
        'There is an account with this address already. Sign in to accept the invitation.',
      organization_invitation_to_deleted_organization:
        'The organization that invited you does not exist any more.',
      organization_membership_quota_exceeded:
        'The organization that invited you is full. Ask whoever invited you to make room.',
      session_creation_not_allowed:
        'You are acting as somebody else here. Stop that first, then open the link again.',
      user_banned: 'This account is blocked. Contact whoever runs this service.',
      user_locked: 'This account is locked after too many tries. Wait a while, then try again.',
      too_many_requests: 'Too many tries in a short time. Wait a while, then try again.',
    },
  },
} as const;
