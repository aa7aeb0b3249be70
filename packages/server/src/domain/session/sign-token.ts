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

interface Terms {
  /** Seconds. Default 60. Where the session ends before, the token ends with it. */
  readonly lifetimeSeconds?: number | undefined;
  /**
   * The organization that it is for, in place of the session's; an empty text for none. It is
   * left out where the user does not belong to it.
   */
  readonly organizationId?: string | undefined;
}

/**
 * A session token: RS256, version 2 claims (protocol section 5).
 *
 * @param origin the calling application's origin; the session's own when absent
 */
export async function signSessionToken(
  world: World,
  session: Session,
  origin: string | undefined,
  { lifetimeSeconds = sessionTokenSeconds, ...terms }: Terms = {},
): Promise<string> {
  const content = await readContent(world, session, origin, terms);
  return sign(world, content, Math.min(lifetimeSeconds, secondsLeft(world, session)));
}

/** Until the session ends by itself. Nobody asks the server about a token, so none may outlive it. */
function secondsLeft({ clock }: Pick<World, 'clock'>, { expireAt }: Session): number {
  return Math.floor(expireAt / 1000) - Math.floor(clock.now() / 1000);
}

/**
 * The same, or a token of the last seconds that says the same and was signed with the newest
 * key. The caller has read session and user just now.
 */
export async function giveSessionToken(
  world: World,
  session: Session,
  origin: string | undefined,
  terms: Pick<Terms, 'organizationId'>,
): Promise<string> {
  const content = await readContent(world, session, origin, terms);
  const key = JSON.stringify([await world.signingKeys.newestId(), content]);
  const now = world.clock.now();
  const recent = world.recentTokens.find(key, now);
  if (recent !== undefined) return recent;
  const token = await sign(world, content, sessionTokenSeconds);
  world.recentTokens.keep(key, token, now);
  return token;
}

type Times = 'exp' | 'iat' | 'nbf' | 'jti';

/** All that a token says of its session, and nothing of itself. */
async function readContent(
  world: World,
  session: Session,
  origin: string | undefined,
  { organizationId = session.organizationId }: Pick<Terms, 'organizationId'>,
): Promise<Omit<SessionClaims, Times>> {
  const membership = await findMembership(world, organizationId, session.userId);
  const azp = origin ?? session.origin;
  return {
    ...(azp === undefined ? {} : { azp }),
    fva: factorAges(session, world),
    iss: world.instance.issuer,
    sid: session.id,
    sts: tasksOf(world, session).length > 0 ? 'pending' : 'active',
    sub: session.userId,
    v: 2,
    ...(session.actor && { act: session.actor }),
    ...(membership && { o: presentOrganization(membership) }),
  };
}

function sign(
  world: World,
  content: Omit<SessionClaims, Times>,
  lifetimeSeconds: number,
): Promise<string> {
  const now = Math.floor(world.clock.now() / 1000);
  const claims: SessionClaims = {
    ...content,
    exp: now + lifetimeSeconds,
    iat: now,
    jti: randomUUID().replaceAll('-', ''),
    nbf: now - 10,
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
