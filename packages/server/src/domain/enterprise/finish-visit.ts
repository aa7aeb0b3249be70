import type { Caller } from '../client/identify.ts';
import { Refusal } from '../refusal.ts';
import { hashSecret } from '../secret.ts';
import { advance, type SignInProgress } from '../sign-in/advance.ts';
import { findClaim, requireStep } from '../sign-in/find.ts';
import type { SignIn } from '../sign-in/sign-in.ts';
import { normalizeIdentifier } from '../user/email-address.ts';
import { refuseUnusable } from '../user/refuse-unusable.ts';
import { nobodyId } from '../user/user.ts';
import type { World } from '../world.ts';
import { connectionsOf, connectionsOfAddress, type EnterpriseConnection } from './connection.ts';
import type { ProvedIdentity, VisitChecks } from './identity-provider.ts';
import { foreignIdentity, requireOwnIdentity } from './link.ts';
import { checksPurpose, type EnterpriseVisit } from './visit.ts';

/** How a visit ended: where the person goes, and how far the sign-in came, if it came on. */
export interface VisitEnd {
  readonly destination: string;
  readonly progress?: SignInProgress | undefined;
  /** What stands in the way; the sign-in tells it too. */
  readonly failure?: Refusal | undefined;
}

/**
 * Ends a visit with the provider's answer. `undefined` where the answer belongs to no visit
 * that this browser began: it may have been planted by somebody else (login CSRF, RFC 9700,
 * section 4.7). Whatever else goes wrong is written into the sign-in, for the page to tell.
 */
export async function finishVisit(
  world: World,
  caller: Caller,
  answer: { state: string; query: string },
): Promise<VisitEnd | undefined> {
  const visit = await world.store.enterpriseVisits.take(hashSecret(answer.state));
  if (!visit) return undefined;
  const { redirectUrl, completeUrl = redirectUrl } = visit;
  const signIn = await world.store.signIns.find(visit.signInId);
  if (!signIn || signIn.clientId !== caller.client?.id) {
    return (await isSignedIn(world, caller, signIn)) ? { destination: completeUrl } : undefined;
  }
  // The page that began it, not the provider's, is the one that the session is for.
  const starter = { ...caller, origin: new URL(redirectUrl).origin };
  try {
    const progress = await proveIdentity(world, starter, visit, answer.query);
    const isComplete = progress.signIn.status === 'complete';
    return { destination: isComplete ? completeUrl : redirectUrl, progress };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await noteFailure(world, visit, error);
    return { destination: redirectUrl, failure: error };
  }
}

/**
 * Whether this browser has a session of the very person who was at the provider: another tab
 * was faster, and took the client of this visit over. There is nothing left to open.
 */
async function isSignedIn(
  world: World,
  { client }: Caller,
  signIn: SignIn | undefined,
): Promise<boolean> {
  if (!client || signIn?.userId === undefined) return false;
  const live = await world.store.sessions.listLive(client.id, world.clock.now());
  return live.some(({ user }) => user.id === signIn.userId);
}

async function proveIdentity(
  world: World,
  caller: Caller,
  visit: EnterpriseVisit,
  query: string,
): Promise<SignInProgress> {
  if (visit.expiresAt <= world.clock.now()) {
    throw new Refusal(
      'verification_expired',
      'Signing in at your company took too long. Start again.',
    );
  }
  const found = await findClaim(world, caller, visit.signInId);
  if (found) return proveClaimedIdentity(world, caller, { visit, query, signIn: found.signIn });
  const { signIn, user } = await requireStep(world, caller, visit.signInId, 'needs_first_factor');
  refuseUnusable(user, world.clock.now());
  const connections = await connectionsOf(world, user);
  const connection = requireConnection(connections, visit.connectionId);
  const identity = await readIdentity(world, connection, visit, query);
  await requireOwnIdentity(world, connection, user, identity);
  return advance(world, caller, user, signIn, proved);
}

/**
 * The same where nobody may learn whether the identifier has an account: the provider's word
 * is taken first, and only whoever proves to be the holder is told more.
 */
async function proveClaimedIdentity(
  world: World,
  caller: Caller,
  { visit, query, signIn }: { visit: EnterpriseVisit; query: string; signIn: SignIn },
): Promise<SignInProgress> {
  const { identifier = '', userId } = signIn;
  const offered = await connectionsOfAddress(world, identifier);
  const connection = requireConnection(offered, visit.connectionId);
  const identity = await readIdentity(world, connection, visit, query);
  const user = await world.store.users.find(userId ?? nobodyId);
  if (!user) throw explainStranger(identifier, identity);
  await requireOwnIdentity(world, connection, user, identity);
  refuseUnusable(user, world.clock.now());
  requireConnection(await connectionsOf(world, user), visit.connectionId);
  return advance(world, caller, user, signIn, proved);
}

const proved = { firstFactor: { strategy: 'enterprise_sso', status: 'verified' } } as const;

async function readIdentity(
  world: World,
  connection: EnterpriseConnection,
  visit: EnterpriseVisit,
  query: string,
): Promise<ProvedIdentity> {
  const checks = JSON.parse(world.vault.open(checksPurpose, visit.sealedChecks)) as VisitChecks;
  const { callbackUrl } = visit;
  return world.identityProvider.finish(connection, { callbackUrl, checks, query });
}

/** Whose own address has no account is told so; everybody else hears what they hear of any address. */
function explainStranger(identifier: string, identity: ProvedIdentity): Refusal {
  const { emailAddress, isEmailAddressTrusted } = identity;
  const isOwn =
    isEmailAddressTrusted &&
    emailAddress !== undefined &&
    normalizeIdentifier(emailAddress) === normalizeIdentifier(identifier);
  if (!isOwn) return foreignIdentity();
  return new Refusal(
    'form_identifier_not_found',
    'There is no account with your address here. Ask for one.',
  );
}

/** The connection of the visit, if it is still there and still the person's. */
function requireConnection(
  connections: readonly EnterpriseConnection[],
  id: string,
): EnterpriseConnection {
  const connection = connections.find((each) => each.id === id);
  if (connection) return connection;
  throw new Refusal(
    'strategy_for_user_invalid',
    'This account does not sign in there any more. Start again.',
  );
}

/** A sign-in that is over meanwhile, or came on, stays as it is. */
async function noteFailure(
  world: World,
  visit: EnterpriseVisit,
  { code, message }: Refusal,
): Promise<void> {
  const firstFactor = {
    strategy: 'enterprise_sso',
    status: 'failed',
    error: { code, message },
  } as const;
  await world.store.signIns.update(visit.signInId, ({ status }) =>
    status === 'needs_first_factor' ? { firstFactor } : undefined,
  );
}
