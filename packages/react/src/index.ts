export { WillcallProvider, type WillcallProviderProps } from './provider/provide.tsx';
export type { ProviderSettings } from './provider/context.ts';
export { SignIn, type SignInProps } from './sign-in/sign-in.tsx';
export { SignUp, type SignUpProps } from './sign-up/sign-up.tsx';
export {
  RedeemTicket,
  type RedeemTicketProps,
  type RedeemTicketState,
} from './ticket/redeem-ticket.tsx';
export { UserButton, type UserButtonProps } from './user-button/user-button.tsx';
export { UserProfile } from './user-profile/user-profile.tsx';
export {
  OrganizationSwitcher,
  type OrganizationSwitcherProps,
} from './organization/organization-switcher.tsx';
export { ImpersonationBanner } from './impersonation/impersonation-banner.tsx';
export { SignedIn } from './presence/signed-in.tsx';
export { SignedOut } from './presence/signed-out.tsx';
export { useWillcall } from './hooks/use-willcall.ts';
export { useUser, type UseUserResult } from './hooks/use-user.ts';
export { useAuth, type UseAuthResult } from './hooks/use-auth.ts';
export { useSession, type UseSessionResult } from './hooks/use-session.ts';
export { useSignIn, type UseSignInResult } from './hooks/use-sign-in.ts';
export { useSignUp, type UseSignUpResult } from './hooks/use-sign-up.ts';
export type { DestinationProps } from './destination/use-leave.ts';
export type { RoutingProps } from './route/use-step.ts';
export { en } from './messages/en.ts';
export type { Messages } from './messages/messages.ts';
export { WillcallError, type WillcallErrorCode, WillcallNetworkError } from '@willcall/browser';
export type {
  Client,
  EmailAddress,
  Environment,
  GetTokenParams,
  Navigate,
  NavigateParams,
  Organization,
  OrganizationMembership,
  Outcome,
  Session,
  SessionTask,
  SetActiveParams,
  SignInFactor,
  SignInStatus,
  SignOutParams,
  SignUpStatus,
  StartedSignIn,
  StartedSignUp,
  User,
  UserSession,
  Willcall,
  WillcallOptions,
} from '@willcall/browser';
