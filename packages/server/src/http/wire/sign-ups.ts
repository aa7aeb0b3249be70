import type { SignUpJSON, SignUpVerificationJSON } from '@willcall/contract';
import { missingFields, type SignUp, unverifiedFields } from '../../domain/sign-up/sign-up.ts';
import type { World } from '../../domain/world.ts';

/** A sign-up with what it still needs. */
export function presentSignUp(world: World, signUp: SignUp): SignUpJSON {
  const isComplete = signUp.status === 'complete';
  const { password } = world.instance.settings.strategies;
  const hasPassword = signUp.passwordDigest !== undefined || (isComplete && password);
  return {
    object: 'sign_up_attempt',
    id: signUp.id,
    status: signUp.status,
    required_fields: password ? ['email_address', 'password'] : ['email_address'],
    optional_fields: ['first_name', 'last_name'],
    missing_fields: isComplete ? [] : [...missingFields(world, signUp)],
    unverified_fields: isComplete ? [] : [...unverifiedFields(signUp)],
    verifications: {
      email_address: signUp.emailAddress === undefined ? null : presentVerification(world, signUp),
      phone_number: null,
      web3_wallet: null,
      external_account: null,
    },
    username: signUp.username ?? null,
    email_address: signUp.emailAddress ?? null,
    phone_number: null,
    web3_wallet: null,
    password_enabled: hasPassword,
    has_password: hasPassword,
    first_name: signUp.firstName ?? null,
    last_name: signUp.lastName ?? null,
    unsafe_metadata: signUp.unsafeMetadata,
    public_metadata: {},
    custom_action: false,
    external_id: null,
    created_session_id: signUp.createdSessionId ?? null,
    created_user_id: signUp.createdUserId ?? null,
    abandon_at: signUp.abandonAt,
    legal_accepted_at: signUp.legalAcceptedAt ?? null,
    locale: signUp.locale ?? null,
  };
}

function presentVerification(world: World, signUp: SignUp): SignUpVerificationJSON {
  if (signUp.invitationId !== undefined) return provedByTicket;
  const isSent = signUp.codeHash !== undefined;
  const isExpired = isSent && (signUp.codeExpireAt ?? 0) <= world.clock.now();
  const openStatus = isExpired ? 'expired' : 'unverified';
  const nextAction = isSent ? 'needs_attempt' : 'needs_prepare';
  return {
    object: 'verification_otp',
    status: signUp.isEmailAddressVerified ? 'verified' : openStatus,
    strategy: 'email_code',
    attempts: signUp.attempts,
    expire_at: signUp.codeExpireAt ?? world.clock.now(),
    next_action: signUp.isEmailAddressVerified ? '' : nextAction,
    supported_strategies: ['email_code'],
  };
}

/** The mail that brought the ticket went to the address. */
const provedByTicket: SignUpVerificationJSON = {
  object: 'verification_ticket',
  status: 'verified',
  strategy: 'ticket',
  attempts: null,
  expire_at: null,
  next_action: '',
  supported_strategies: ['ticket'],
};
