import type { ErrorJSON, SignInFactorJSON, SignInJSON, VerificationJSON } from '@willcall/contract';
import type { FactorVerification, SignIn } from '../../domain/sign-in/sign-in.ts';
import { isClaim } from '../../domain/sign-in/claim.ts';
import {
  claimedFactors,
  clientTrust,
  factorsOf,
  firstFactor,
  secondFactor,
  secondStageOf,
  type Stage,
} from '../../domain/sign-in/stages.ts';
import type { Factor } from '../../domain/sign-in/strategy.ts';
import type { User } from '../../domain/user/user.ts';
import type { World } from '../../domain/world.ts';

/**
 * A sign-in with what it can go on with.
 *
 * @param known who signs in, if that has been read
 */
export async function presentSignIn(
  world: World,
  signIn: SignIn,
  known?: User,
): Promise<SignInJSON> {
  const isClaimed = isClaim(world, signIn);
  const user =
    signIn.userId === undefined || isClaimed
      ? undefined
      : (known ?? (await world.store.users.find(signIn.userId)));
  const factorsAt = async (...stages: readonly Stage[]) => {
    const stage = stages.find(({ status }) => status === signIn.status);
    return stage && user ? (await factorsOf(world, stage, user)).map(presentFactor) : null;
  };
  const firstFactors = isClaimed
    ? (await claimedFactors(world, signIn.identifier ?? '')).map(presentFactor)
    : await factorsAt(firstFactor);
  const verification = (factor: FactorVerification | undefined) =>
    factor ? presentVerification(world, factor, signIn.attempts) : null;
  return {
    object: 'sign_in_attempt',
    id: signIn.id,
    status: signIn.status,
    supported_identifiers: ['email_address', 'phone_number', 'username'],
    supported_first_factors: firstFactors,
    supported_second_factors: await factorsAt(secondFactor, clientTrust),
    first_factor_verification: verification(
      isStillToProve(signIn) ? undefined : signIn.firstFactor,
    ),
    second_factor_verification: verification(signIn[secondStageOf(signIn).proof]),
    identifier: signIn.identifier ?? null,
    user_data: user ? presentUserData(world, user) : null,
    created_session_id: signIn.createdSessionId ?? null,
    abandon_at: signIn.abandonAt,
    // By whom a browser is known tells of an account as well.
    client_trust_state: isClaimed ? null : presentTrust(signIn),
  };
}

function presentTrust({ userId, isDeviceKnown }: SignIn): SignInJSON['client_trust_state'] {
  if (userId === undefined) return 'pending';
  if (isDeviceKnown === undefined) return null;
  return isDeviceKnown ? 'known' : 'new';
}

/** A ticket that is not proof enough must not look like a proof. */
function isStillToProve(signIn: SignIn): boolean {
  return signIn.status === 'needs_first_factor' && signIn.firstFactor?.strategy === 'ticket';
}

/** A factor as it is offered. */
export function presentFactor(factor: Factor): SignInFactorJSON {
  return {
    strategy: factor.strategy,
    ...(factor.emailAddressId === undefined ? {} : { email_address_id: factor.emailAddressId }),
    ...(factor.safeIdentifier === undefined ? {} : { safe_identifier: factor.safeIdentifier }),
    ...(factor.isPrimary === undefined ? {} : { primary: factor.isPrimary }),
    ...(factor.enterpriseConnectionId === undefined
      ? {}
      : {
          enterprise_connection_id: factor.enterpriseConnectionId,
          enterprise_connection_name: factor.enterpriseConnectionName ?? '',
        }),
  };
}

/** Our connections speak OpenID Connect, which is OAuth on the wire. */
const verificationObjects: Readonly<Record<string, string>> = {
  enterprise_sso: 'verification_oauth',
};

/** How one proof stands. */
export function presentVerification(
  world: World,
  factor: FactorVerification,
  attempts: number,
): VerificationJSON {
  const isExpired =
    factor.status === 'unverified' && (factor.expireAt ?? Infinity) <= world.clock.now();
  const isCode = factor.strategy.endsWith('_code') && factor.strategy !== 'backup_code';
  return {
    object:
      verificationObjects[factor.strategy] ??
      (isCode ? 'verification_otp' : `verification_${factor.strategy}`),
    status: isExpired ? 'expired' : factor.status,
    strategy: factor.strategy,
    attempts: isCode ? attempts : null,
    expire_at: factor.expireAt ?? (isCode ? world.clock.now() : null),
    ...(factor.externalUrl === undefined
      ? {}
      : { external_verification_redirect_url: factor.externalUrl }),
    ...(factor.error === undefined ? {} : { error: presentFailure(factor.error) }),
  };
}

function presentFailure({ code, message }: NonNullable<FactorVerification['error']>): ErrorJSON {
  return { code, message, long_message: message, meta: {} };
}

function presentUserData(world: World, user: User): SignInJSON['user_data'] {
  const image = `${world.instance.publicUrl}/_willcall/avatar.svg`;
  return {
    first_name: user.firstName ?? null,
    last_name: user.lastName ?? null,
    image_url: image,
    profile_image_url: image,
    has_image: false,
  };
}
