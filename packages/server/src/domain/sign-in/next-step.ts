import type { SignInStatus } from '@willcall/contract';
import { type FactorVerification, isResetProof, type SignIn } from './sign-in.ts';

/** What a sign-in must prove before its session opens. */
export interface Policy {
  /** `ticket`: the ticket is proof enough. `enterprise_sso`: only the identity provider will do. */
  readonly firstFactor: 'ticket' | 'any' | 'enterprise_sso';
  readonly isSecondFactorNeeded: boolean;
  readonly isClientTrustNeeded: boolean;
}

type Proofs = Pick<SignIn, 'firstFactor' | 'secondFactor' | 'clientTrust' | 'newPasswordDigest'>;

/** The next thing that is still to be proved; `undefined` when the session may open. */
export function nextStep(policy: Policy, proofs: Proofs): SignInStatus | undefined {
  if (!isFirstFactorProved(policy, proofs)) return 'needs_first_factor';
  if (isResetProof(proofs.firstFactor) && proofs.newPasswordDigest === undefined)
    return 'needs_new_password';
  if (policy.isSecondFactorNeeded && !isVerified(proofs.secondFactor)) return 'needs_second_factor';
  if (policy.isClientTrustNeeded && !isVerified(proofs.clientTrust)) return 'needs_client_trust';
  return undefined;
}

function isFirstFactorProved({ firstFactor: asked }: Policy, { firstFactor }: Proofs): boolean {
  if (asked === 'ticket') return true;
  if (!isVerified(firstFactor) || firstFactor?.strategy === 'ticket') return false;
  return asked === 'any' || firstFactor?.strategy === 'enterprise_sso';
}

function isVerified(factor: FactorVerification | undefined): boolean {
  return factor?.status === 'verified';
}
