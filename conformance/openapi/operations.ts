/**
 * The operations that Willcall promises to serve as published, by their operation id,
 * grouped as a reader looks for them. The facts hold these and no other, and the
 * conformance test fails when one of them was never called.
 */
export const operations = {
  'backend-api': {
    users: [
      'CreateUser',
      'GetUserList',
      'GetUsersCount',
      'GetUser',
      'UpdateUser',
      'UpdateUserMetadata',
      'DeleteUser',
      'BanUser',
      'UnbanUser',
      'LockUser',
      'UnlockUser',
      'VerifyPassword',
      'VerifyTOTP',
      'DisableMFA',
      'DeleteTOTP',
      'DeleteBackupCode',
    ],
    signInTokens: ['CreateSignInToken', 'RevokeSignInToken'],
    sessions: [
      'createSession',
      'GetSessionList',
      'GetSession',
      'RevokeSession',
      'CreateSessionToken',
    ],
    clients: ['GetClient', 'VerifyClient'],
    redirectUrls: ['CreateRedirectURL', 'ListRedirectURLs', 'GetRedirectURL', 'DeleteRedirectURL'],
    enterpriseConnections: [
      'CreateEnterpriseConnection',
      'ListEnterpriseConnections',
      'GetEnterpriseConnection',
      'UpdateEnterpriseConnection',
      'DeleteEnterpriseConnection',
    ],
    invitations: [
      'CreateInvitation',
      'CreateBulkInvitations',
      'ListInvitations',
      'RevokeInvitation',
    ],
    organizations: [
      'CreateOrganization',
      'ListOrganizations',
      'GetOrganization',
      'UpdateOrganization',
      'MergeOrganizationMetadata',
      'ReplaceOrganizationMetadata',
      'DeleteOrganization',
    ],
    organizationMemberships: [
      'CreateOrganizationMembership',
      'ListOrganizationMemberships',
      'UsersGetOrganizationMemberships',
      'UpdateOrganizationMembership',
      'UpdateOrganizationMembershipMetadata',
      'DeleteOrganizationMembership',
    ],
    organizationInvitations: [
      'CreateOrganizationInvitation',
      'CreateOrganizationInvitationBulk',
      'ListOrganizationInvitations',
      'ListPendingOrganizationInvitations',
      'ListInstanceOrganizationInvitations',
      'GetOrganizationInvitation',
      'RevokeOrganizationInvitation',
    ],
    testing: ['CreateTestingToken'],
    instance: ['GetJWKS', 'GetInstance', 'UpdateInstance'],
  },
  'frontend-api': {
    environment: ['getEnvironment', 'updateEnvironment'],
    clients: ['getClient', 'putClient', 'postClient', 'deleteClientSessions', 'createDevBrowser'],
    signIns: [
      'createSignIn',
      'getSignIn',
      'prepareSignInFactorOne',
      'attemptSignInFactorOne',
      'prepareSignInFactorTwo',
      'attemptSignInFactorTwo',
      'resetPassword',
    ],
    signUps: [
      'createSignUps',
      'getSignUps',
      'updateSignUps',
      'prepareSignUpsVerification',
      'attemptSignUpsVerification',
    ],
    sessions: [
      'getSession',
      'touchSession',
      'createSessionToken',
      'endSession',
      'removeSession',
      'removeClientSessionsAndRetainCookie',
      'startSessionReverification',
      'prepareSessionReverificationFirstFactor',
      'attemptSessionReverificationFirstFactor',
      'attemptSessionReverificationSecondFactor',
    ],
    handshake: ['handshakeClient', 'acceptTicket'],
    enterprise: ['getOauthCallback'],
    me: [
      'getUser',
      'patchUser',
      'deleteUser',
      'changePassword',
      'postTOTP',
      'verifyTOTP',
      'deleteTOTP',
      'createBackupCodes',
      'getOrganizationMemberships',
      'getUsersOrganizationInvitations',
      'acceptOrganizationInvitation',
      'createOrganization',
      'getUsersSessions',
      'getSessions',
      'revokeSession',
    ],
    machines: ['getJWKS', 'getHealth'],
  },
} as const;

/** The two published interfaces: for the customer's server, and for browsers. */
export type Api = keyof typeof operations;

export const apis: readonly Api[] = ['backend-api', 'frontend-api'];

/** Every listed operation id of an interface, in the order of the list. */
export function operationIds(api: Api): string[] {
  const groups: readonly (readonly string[])[] = Object.values(operations[api]);
  return groups.flat();
}
