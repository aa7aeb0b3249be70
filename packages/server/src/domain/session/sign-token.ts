import { randomUUID } from 'node:crypto';
import type { SessionClaims } from '@willcall/contract';
import type { PlacedMembership } from '../organization/organization.ts';
import type { World } from '../world.ts';
import type { Session } from './session.ts';
import { tasksOf } from './tasks.ts';

/** How long a session token lives. Seconds; every verifier expects it to be this short. */
const sessionTokenSeconds = 60;

/** The wire's mark of a session token among other tokens of the same key (header `cat`). */
const sessionTokenCategory = 'cl_B7d4PD111AAA';

/**
 * A session token: RS256, version 2 claims (protocol section 5).
 *
 * @param origin the calling application's origin; the session's own when absent
 * @param terms `lifetimeSeconds`: 60 unless the customer's server asked for another;
 *   `organizationId`: the organization that it is for, in place of the session's; an empty
 *   text for none. It is left out where the user does not belong to it.
 */
export async function signSessionToken(
  world: World,
  session: Session,
  origin: string | undefined,
  terms: { lifetimeSeconds?: number | undefined; organizationId?: string | undefined } = {},
): Promise<string> {
  const { lifetimeSeconds = sessionTokenSeconds, organizationId = session.organizationId } = terms;
  const membership = await findMembership(world, organizationId, session.userId);
  const now = Math.floor(world.clock.now() / 1000);
  const azp = origin ?? session.origin;
  const claims: SessionClaims = {
    ...(azp === undefined ? {} : { azp }),
    exp: now + lifetimeSeconds,
    fva: factorAges(session, world),
    iat: now,
    iss: world.instance.issuer,
    jti: randomUUID().replaceAll('-', ''),
    nbf: now - 10,
    sid: session.id,
    sts: tasksOf(world, session).length > 0 ? 'pending' : 'active',
    sub: session.userId,
    v: 2,
    ...(session.actor && { act: session.actor }),
    ...(membership && { o: presentOrganization(membership) }),
  };
  return world.signingKeys.sign({ cat: sessionTokenCategory, typ: 'JWT' }, claims);
}

async function findMembership(
  world: World,
  organizationId: string | undefined,
  userId: string,
): Promise<PlacedMembership | undefined> {
  if (!organizationId || !world.instance.settings.hasOrganizations) return undefined;
  return world.store.memberships.find(organizationId, userId);
}

/**
 * The claim of an organization. The role is told without its prefix, and what the system's
 * roles may do is not told at all: readers of version 2 know both.
 */
function presentOrganization({
  organization,
  membership,
}: PlacedMembership): NonNullable<SessionClaims['o']> {
  return { id: organization.id, slg: organization.slug, rol: membership.role.replace(/^org:/, '') };
}

/** Whole minutes since first and second factor were proved, -1 for never: `fva` and `factor_verification_age`. */
export function factorAges(session: Session, world: Pick<World, 'clock'>): [number, number] {
  const { authenticatedAt, secondFactorAt } = session;
  const age = (moment: number) => Math.max(0, Math.floor((world.clock.now() - moment) / 60_000));
  return [age(authenticatedAt), secondFactorAt === undefined ? -1 : age(secondFactorAt)];
}
