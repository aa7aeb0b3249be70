import type { ErrorCode } from '@willcall/browser';

/**
 * Every other text of the components; it comes with the first part that is no ticket at work.
 * A text about a failure says what happened and what to do next. `errors` is keyed by the
 * server's stable codes; for a code that is not here, the server's own sentence is shown.
 */
export const rest = {
  contact: 'Need help? Write to {address}.',
  continue: 'Continue',
  back: 'Back',
  cancel: 'Cancel',
  unsupported: 'This account needs a further step ({step}) that this page does not know yet.',
  show: 'Show',
  hide: 'Hide',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  emailAddress: 'E-mail address',
  password: 'Password',
  newPassword: 'New password',
  code: 'Code of six digits',
  backupCode: 'Backup code',
  optional: 'optional',

  ticket: {
    refused: 'Your link did not work',
    newLink: 'Ask for a new link',
    acceptBySigningIn: 'Sign in to accept',
    acceptBySigningUp: 'Create an account to accept',
    unsupported:
      'Your link needs a further step ({status}) that this page does not know yet. Sign in another way.',
  },

  asking: {
    title: 'Sign in as {account}?',
    actTitle: 'Act as {account}?',
    createTitle: 'Create an account for {account}?',
    explain:
      'Your link signs in to {application}. Press the button to go on; nothing happens before.',
    explainCreate:
      'Your invitation makes an account at {application} and signs you in. Press the button to go on; nothing happens before.',
    explainOther:
      'In this browser {other} is signed in to {application}. Your link is for another account, {account}.',
    notMe: 'That is not me',
    switch: 'Sign out and go on as {account}',
    add: 'Add {account}',
    stay: 'Stay as {other}',
    stayGood: 'Your link stays good if you stay.',
  },

  signIn: {
    signedInTitle: 'You are signed in',
    signedInAs: 'You are signed in as {name}.',
    subtitle: 'to go on to {application}',
    notSignedUp: 'No account yet?',
    signUp: 'Create one',
    passwordTitle: 'Your password',
    codeTitle: 'Look in your inbox',
    codeSubtitle: 'We sent a code, good for ten minutes, to {address}',
    codeUntoldSubtitle:
      'If there is an account with this address, a code, good for ten minutes, is on its way to {address}',
    otherAccount: 'Use another account',
    otherMethod: 'Use another method',
    methodsTitle: 'Choose a method',
    usePassword: 'Use your password',
    useCode: 'Send a code to {address}',
    forgot: 'Forgot your password?',
    resendCode: 'Send a new code',
    codeSentUntold:
      'If there is something to send, it is on its way. A code from before no longer works.',
    codeSent: 'A new code is on its way. The one before no longer works.',
    resetTitle: 'A new password',
    resetSubtitle: 'Before you choose a new password, enter the code that we sent to {address}',
    newPasswordTitle: 'Choose a new password',
    newPasswordSubtitle: 'Your old password stops working at once.',
    setPassword: 'Set password and sign in',
    signOutElsewhere: 'Sign me out everywhere else',
    useConnection: 'Continue with {name}',
    connectionFallback: 'your organization',
    connectionTitle: 'Go on at your organization',
    connectionSubtitle: 'It knows who you are, and tells us.',
    connectionsTitle: 'Which organization?',
    connectionsSubtitle: 'Choose the one that you sign in with.',
    connectionLeft: 'You came back before your organization had let you in. Try again.',
    secondFactorTitle: 'One more step',
    secondFactorSubtitle: 'Enter the code that your authenticator app shows.',
    useBackupCode: 'Use a backup code',
    useAuthenticator: 'Use the authenticator app',
    backupCodeTitle: 'Use a backup code',
    backupCodeSubtitle:
      'One of the codes that you kept when you set up the second step. It works once.',
    clientTrustTitle: 'Is it you?',
    clientTrustSubtitle:
      'This browser is new to your account. We sent a code, good for ten minutes, to {address}',
    startAgain: 'Start again',
    noSecondFactor:
      'No second step of this account works here. Write to whoever runs this service.',
    noMethod: 'This account has no method that works here. Ask for a sign-in link.',
  },

  signUp: {
    title: 'Create your account',
    subtitle: 'for {application}',
    passwordHint: 'At least {length} characters.',
    submit: 'Create account',
    signedUp: 'Have an account already?',
    signIn: 'Sign in',
    verifyTitle: 'Confirm your address',
    verifySubtitle: 'We sent a code, good for ten minutes, to {address}',
    verifyUntoldSubtitle:
      'We write to {address}: a code, good for ten minutes, or, if there is an account with this address already, how to sign in.',
    otherAddress: 'Use another address',
    invitedTitle: 'Accept your invitation',
    invitedAddress: 'Your invitation is for this address.',
    username: 'User name',
    closedTitle: 'Sign-up is closed',
    closed: 'New accounts are made by invitation only. Ask for an invitation, or sign in.',
  },

  userButton: {
    signOut: 'Sign out',
    open: 'Account of {name}',
    profile: 'Manage account',
    menu: 'Account',
  },

  task: {
    title: 'Almost there',
    subtitle: 'Choose the organization that you go on in. You can change it later.',
    none: 'You belong to no organization yet. Ask for an invitation, then come back.',
    noneYet:
      'You belong to no organization yet. Create one, or ask for an invitation and come back.',
    unsupported: 'Your account needs a further step ({task}) that this page does not know yet.',
  },

  organization: {
    create: 'Create an organization',
    createTitle: 'A new organization',
    newName: 'Name of the organization',
    label: 'Organization',
    open: 'Organization: {name}. Change it',
    personal: 'Personal account',
    menu: 'Organizations',
    empty: 'You belong to no organization.',
  },

  impersonation: {
    label: 'Impersonation',
    acting: '{actor} is acting as {user}.',
    remaining: 'Ends in {time}',
    ended: 'The time is over.',
    stop: 'Stop',
    unchangeable: 'Password and second step cannot be changed while somebody acts as you.',
  },

  profile: {
    title: 'Your account',
    name: 'Name',
    firstName: 'First name',
    lastName: 'Last name',
    noName: 'No name yet',
    edit: 'Edit',
    editName: 'Edit your name',
    save: 'Save',
    nameSaved: 'Your name is saved.',
    emailAddresses: 'E-mail addresses',
    primary: 'Primary',
    unverified: 'Not confirmed',
    noEmailAddress: 'This account has no e-mail address.',
    passwordSection: 'Password',
    hasPassword: 'You have a password.',
    noPassword: 'This account has no password yet.',
    changePassword: 'Change password',
    setPassword: 'Set a password',
    currentPassword: 'Current password',
    signOutElsewhere: 'Sign me out everywhere else',
    passwordSaved: 'Your password is changed.',
    secondFactor: 'Second step',
    hasTotp: 'An authenticator app is asked for when you sign in.',
    noTotp: 'Your password or link is enough to sign in.',
    addTotp: 'Set up an authenticator app',
    removeTotp: 'Remove',
    removeTotpLabel: 'Remove the authenticator app',
    removeTotpQuestion: 'Without the app your password or link is enough to sign in. Remove it?',
    totpRemoved: 'The authenticator app is removed.',
    totpAdded: 'The authenticator app is set up.',
    totpScan: 'Scan this with your authenticator app, then enter the code that it shows.',
    totpImage: 'QR code for your authenticator app',
    totpKey: 'Or type this key into the app:',
    totpUri: 'Open the app on this device',
    confirm: 'Confirm',
    backupCodes: 'Backup codes',
    hasBackupCodes: 'You have backup codes.',
    noBackupCodes: 'You have no backup codes.',
    newBackupCodes: 'Make new codes',
    newBackupCodesHint: 'The ones before stop working.',
    backupCodesHint:
      'Each of these codes stands in for the app once. Keep them where you find them without it: they are shown only now.',
    copy: 'Copy',
    copied: 'Copied.',
    download: 'Download',
    print: 'Print',
    codesKept: 'I have kept them',
    sessions: 'Where you are signed in',
    thisDevice: 'This device',
    unknownDevice: 'Unknown device',
    browserOn: '{browser} on {device}',
    lastActive: 'Last active {when}',
    signOutDevice: 'Sign out',
    signOutDeviceNamed: 'Sign out {device}',
    deviceSignedOut: 'That device is signed out.',
    signOut: 'Sign out',
    signedOut: 'You are signed out. Sign in to see your account.',
  },

  freshProof: {
    title: 'Prove that it is you',
    password: 'Before this is changed, enter your password.',
    code: 'Before this is changed, enter the code that we sent to {address}. It is good for ten minutes.',
    app: 'Before this is changed, enter the code that your authenticator app shows.',
    backupCode: 'Before this is changed, enter one of your backup codes. It works once.',
    none: 'Nothing else here proves that it is you. Sign out and in again, then change this within ten minutes.',
  },

  errors: {
    ticket_invalid_code:
      'This link is not valid. It may have been cut off: open the whole link again, or ask for a new one.',
    ticket_expired_code: 'This link has expired. Ask for a new one, or sign in another way.',
    sign_in_token_already_used_code:
      'This link has been used already, and each link works once. Ask for a new one, or sign in another way.',
    sign_in_token_revoked_code:
      'This link was withdrawn by whoever sent it. Ask for a new one, or sign in another way.',
    ticket_wrong_browser:
      'This link works only in the browser where it was asked for. Open it there, or ask for a new one here.',
    sign_in_token_cannot_be_used_code:
      'This link belongs to an account that can no longer be used. Sign in with another account.',
    ticket_confirmation_required:
      'This link must be confirmed first. Open it again as it was sent to you.',
    ticket_continuation_expired:
      'This step took too long, or began in another browser. Open your link again.',
    sign_in_token_not_in_sign_in_code:
      'This link signs in to an account that exists; it cannot create one. Open it on the sign-in page.',
    user_banned: 'This account is blocked. Contact whoever runs this service.',
    user_locked: 'This account is locked after too many tries. Wait a while, then try again.',
    actor_token_already_used_code:
      'This link has been used already, and each link works once. Ask for a new one.',
    actor_token_revoked_code: 'This link was withdrawn by whoever made it. Ask for a new one.',
    actor_token_subject_not_found: 'The account of this link does not exist any more.',
    session_creation_not_allowed:
      'You are acting as somebody else here. Stop that first, then open the link again.',
    invitation_already_accepted: 'This invitation has made an account already. Sign in instead.',
    invitation_account_exists: 'There is an account with this address already. Sign in instead.',
    invitation_account_not_exists: 'There is no account with this address yet. Create one.',
    revoked_invitation: 'This invitation was withdrawn. Ask whoever invited you for a new one.',
    organization_invitation_already_accepted:
      'This invitation was accepted already. Sign in to go on.',
    organization_invitation_identification_already_exists:
      'There is an account with this address already. Sign in to accept the invitation.',
    organization_invitation_identification_not_exist:
      'There is no account with this address yet. Create one to accept the invitation.',
    organization_invitation_revoked_code:
      'This invitation was withdrawn. Ask whoever invited you for a new one.',
    organization_invitation_not_pending:
      'This invitation is no longer open. Ask whoever invited you for a new one.',
    organization_invitation_to_deleted_organization:
      'The organization that invited you does not exist any more.',
    organization_membership_quota_exceeded:
      'The organization that invited you is full. Ask whoever invited you to make room.',
    sign_up_mode_restricted:
      'New accounts are made by invitation only. Ask for an invitation, or sign in.',
    sign_up_restricted_waitlist:
      'New accounts are made by invitation only, and others wait. Ask for a place, or sign in.',
    session_not_active: 'Your session has ended. Sign in again.',
    origin_invalid: 'This page may not sign people in: its address is not on the allowed list.',
    form_identifier_not_found:
      'There is no account with this address. Check the spelling, or create an account.',
    form_identifier_exists: 'There is an account with this address already. Sign in instead.',
    form_password_incorrect: 'That password is wrong. Check it, then try again.',
    form_password_length_too_short: 'That password is too short. Choose a longer one.',
    form_password_size_in_bytes_exceeded: 'That password is too long. Choose a shorter one.',
    form_new_password_matches_current: 'That is your present password. Choose a new one.',
    form_code_incorrect: 'That code is wrong. Look at the newest one and try again.',
    verification_expired: 'That code has expired. Send a new one.',
    verification_failed: 'Too many wrong codes. Send a new one.',
    verification_missing: 'No code is under way. Send a new one.',
    sign_in_step_invalid: 'This sign-in is over. Start again.',
    sign_up_step_invalid: 'This sign-up is over. Start again.',
    client_not_found: 'This browser lost its place. Start again.',
    strategy_for_user_invalid: 'This account cannot sign in this way. Use another method.',
    form_param_missing: 'This is needed. Fill it in.',
    form_param_format_invalid: 'This is not written as it must be. Check it.',
    authentication_invalid: 'Your session has ended. Sign in again.',
  } satisfies Partial<Record<ErrorCode, string>>,
} as const;
