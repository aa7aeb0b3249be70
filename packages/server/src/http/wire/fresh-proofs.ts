import type { SessionReverificationJSON } from '@willcall/contract';
import {
  factorsToProve,
  type FreshProof,
  stageToProve,
} from '../../domain/fresh-proof/fresh-proof.ts';
import type { UsableSession } from '../../domain/session/use.ts';
import type { FactorVerification } from '../../domain/sign-in/sign-in.ts';
import type { World } from '../../domain/world.ts';
import { presentSession } from './sessions.ts';
import { presentFactor, presentVerification } from './sign-ins.ts';

/** A fresh proof with what it can go on with: the wire's session reverification. */
export async function presentFreshProof(
  world: World,
  usable: UsableSession,
  proof: FreshProof,
  origin: string | undefined,
): Promise<SessionReverificationJSON> {
  const stage = stageToProve(proof);
  const factors = stage ? await factorsToProve(world, stage, usable.user) : [];
  const factorsAt = (status: FreshProof['status']) =>
    proof.status === status ? factors.map(presentFactor) : null;
  const verification = (factor: FactorVerification | undefined) =>
    factor ? presentVerification(world, factor, proof.attempts) : null;
  return {
    object: 'session_reverification',
    level: proof.level,
    status: proof.status,
    supported_first_factors: factorsAt('needs_first_factor'),
    supported_second_factors: factorsAt('needs_second_factor'),
    first_factor_verification: verification(proof.firstFactor),
    second_factor_verification: verification(proof.secondFactor),
    session: await presentBase(world, usable, origin),
  };
}

/** The session without its person: the client beside it tells the rest. */
async function presentBase(
  world: World,
  usable: UsableSession,
  origin: string | undefined,
): Promise<SessionReverificationJSON['session']> {
  const session = await presentSession(world, usable, origin);
  const { object, id, status, expire_at, abandon_at, last_active_at } = session;
  const { last_active_token, actor, tasks } = session;
  return {
    ...{ object, id, status, expire_at, abandon_at, last_active_at },
    ...{ last_active_token, actor, tasks },
  };
}
