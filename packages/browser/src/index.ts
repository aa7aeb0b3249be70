export { createWillcall } from './create-willcall.ts';
export {
  type LoadOptions,
  type Navigate,
  type NavigateParams,
  type SetActiveParams,
  type SignOutParams,
  type Snapshot,
  unloadedSnapshot,
  type Willcall,
  type WillcallOptions,
} from './willcall.ts';
export type { Client } from './client/client.ts';
export type { Environment } from './environment/environment.ts';
export type { GetTokenParams, Session, SessionTask } from './session/session.ts';
export type {
  AttemptFirstVerificationParams,
  AttemptSecondVerificationParams,
  PrepareVerificationFactorParams,
  SessionVerification,
  SessionVerificationLevel,
  VerifyParams,
} from './user/session-verification.ts';
export type {
  AttemptFirstFactorParams,
  AttemptSecondFactorParams,
  FinalizeParams,
  Outcome,
  PrepareFirstFactorParams,
  PrepareSecondFactorParams,
  ResetPasswordParams,
  SameBrowser,
  SignIn,
  SignInCreateParams,
  SignInFactor,
  StartedSignIn,
  TicketPresentation,
  TicketParams,
} from './sign-in/sign-in.ts';
export type {
  AttemptVerificationParams,
  PrepareVerificationParams,
  SignUp,
  SignUpParams,
  StartedSignUp,
} from './sign-up/sign-up.ts';
export type {
  BackupCodes,
  ChangePasswordParams,
  CreateOrganizationParams,
  EmailAddress,
  Organization,
  OrganizationMembership,
  SessionActivity,
  Totp,
  UpdateUserParams,
  User,
  UserSession,
  Verification,
  VerificationFailure,
  VerifyTotpParams,
} from './user/user.ts';
export { chooseLanguage, questionTitle } from '@willcall/contract';
export { readTicket, type TicketInUrl } from './ticket/read.ts';
export { stripTicket } from './ticket/strip.ts';
export { WillcallError, type WillcallErrorCode, WillcallNetworkError } from './request/errors.ts';
export type {
  ErrorCode,
  SessionStatus,
  SignInStatus,
  SignUpStatus,
  TicketQuestionJSON,
} from '@willcall/contract';
