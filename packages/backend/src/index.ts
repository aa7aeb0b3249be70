export { createWillcallClient, type WillcallClient } from './client.ts';
export { WillcallApiError, type WillcallApiErrorCode } from './connection/api-error.ts';
export { WillcallConnectionError } from './connection/connection-error.ts';
export type { ConnectionSettings } from './connection/settings.ts';
export {
  authenticateRequest,
  type AuthenticateRequestOptions,
  type AuthState,
  type SignedIn,
  type SignedOut,
  type SignedOutReason,
} from './request/authenticate.ts';
export type { Client, Clients } from './resources/clients.ts';
export type {
  Instance,
  InstanceApi,
  Jwks,
  TestingToken,
  TestingTokens,
  UpdateInstanceParams,
} from './resources/instance.ts';
export type {
  RedirectUrl,
  RedirectUrlList,
  RedirectUrlListParams,
  RedirectUrls,
} from './resources/redirect-urls.ts';
export type {
  SessionList,
  SessionListParams,
  Sessions,
  SessionTokenParams,
} from './resources/sessions.ts';
export type {
  CreateSignInTokenOptions,
  CreateSignInTokenParams,
  SameBrowser,
  RevokeSignInTokensParams,
  SignInTokenList,
  SignInTokenListParams,
  SignInTokens,
} from './resources/sign-in-tokens.ts';
export type {
  CreateUserParams,
  UpdateUserParams,
  UserCountParams,
  UserListParams,
  UserMetadataParams,
  UserProfileParams,
} from './resources/user-fields.ts';
export type { UserList, Users } from './resources/users.ts';
export type { KeyLocation } from './session-token/find-key.ts';
export { SessionTokenError, type SessionTokenErrorCode } from './session-token/refusal.ts';
export type { SessionTokenRules } from './session-token/rules.ts';
export { verifyToken, type VerifyTokenOptions } from './session-token/verify.ts';
export type { DeletedObject } from './wire/deleted.ts';
export type { Session, SessionActivity } from './wire/sessions.ts';
export type {
  IssuedSignInToken,
  RefusedRedemption,
  SignInToken,
  SignInTokenDetails,
  SignInTokenHistory,
} from './wire/sign-in-tokens.ts';
export type { EmailAddress, PhoneNumber, User } from './wire/users.ts';
export type { Verification } from './wire/verifications.ts';
export type {
  ErrorCode,
  Metadata,
  SessionClaims,
  SessionStatus,
  SignInTokenStatus,
  SigningKeyJSON,
  UserOrder,
} from '@willcall/contract';
