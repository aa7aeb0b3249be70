import { type Agent, auditEntry } from '../audit-log/audit-log.ts';
import { newId } from '../id.ts';
import { refuseForeignDestination } from '../instance/destination.ts';
import { getOrganization } from '../organization/find.ts';
import { notFound, Refusal, refuseField } from '../refusal.ts';
import { hashSecret, type Secret } from '../secret.ts';
import { refuseUnusable } from '../user/refuse-unusable.ts';
import { emailAddressesOf, hasSecondFactor } from '../user/user.ts';
import { newSecret, type World } from '../world.ts';
import { refuseUnreachable, type SameBrowser } from './same-browser.ts';
import type { Actor, Confirmation, SignInToken, StepUp, TokenKind } from './sign-in-token.ts';
import {
  deriveSecret,
  draftIssue,
  type IdempotentIssue,
  type RepeatableCall,
  repeatableFor,
  repeatIssue,
} from './repeat-issue.ts';
import { idPrefixOf, writeTicket } from './ticket.ts';

/** How long a ticket lives when nobody says. Seconds: 30 days, as on the wire. */
const defaultLifetimeSeconds = 2_592_000;

export interface TokenRequest {
  readonly userId: string;
  readonly lifetimeSeconds?: number | undefined;
  readonly kind?: TokenKind | undefined;
  readonly stepUp?: StepUp | undefined;
  readonly confirmation?: Confirmation | undefined;
  readonly sameBrowser?: SameBrowser | undefined;
  readonly actor?: Actor | undefined;
  readonly sessionMaxSeconds?: number | undefined;
  readonly organizationId?: string | undefined;
  readonly signInUrl?: string | undefined;
  readonly redirectUrl?: string | undefined;
  /** Why it is issued: free text of the customer's, at most 500 characters. */
  readonly reason?: string | undefined;
}

export interface IssuedToken {
  readonly token: SignInToken;
  readonly ticket: Secret;
}

/**
 * Issues a sign-in token. Refuses an unknown user (404), a banned or locked one, a life
 * above the instance's cap, destinations outside the allowed origins, a `step_up` that the
 * user has no way to prove, a `same_browser` whose page has no verifier, and an organization
 * that the user does not belong to; nothing is written then.
 *
 * @param call for a call that may be repeated: it issues once, and each repeat within 24 hours
 *   is answered with the same ticket, whatever became of it
 */
export async function issueToken(
  world: World,
  request: TokenRequest,
  by: Agent,
  call?: RepeatableCall,
): Promise<IssuedToken> {
  if (!call) return issueOnce(world, request, by);
  const seed = newSecret(world);
  const asked = draftIssue(world, call, request, { tokenId: '', seed });
  const earlier = await world.store.signInTokens.findIssue(asked, asked.createdAt - repeatableFor);
  return earlier
    ? repeatIssue(world, earlier, asked.requestHash)
    : issueOnce(world, request, by, asked);
}

/** Issues a token, unless another call with the same key has done so by now. */
async function issueOnce(
  world: World,
  request: TokenRequest,
  by: Agent,
  asked?: IdempotentIssue,
): Promise<IssuedToken> {
  const lifetime = request.lifetimeSeconds ?? defaultLifetime(world);
  refuseLifetime(world, lifetime);
  refuseForeignDestination(world, 'sign_in_url', request.signInUrl);
  refuseForeignDestination(world, 'redirect_url', request.redirectUrl);
  const { signInUrl, redirectUrl } = request;
  refuseUnreachable(world, { signInUrl, redirectUrl }, request.sameBrowser);
  // What else is asked about the user is asked of one who is there.
  if (request.organizationId !== undefined || request.stepUp)
    await requireUsable(world, request.userId);
  const now = world.clock.now();
  const organizationId = await readOrganization(world, request);
  if (request.stepUp) await refuseStepUp(world, request.userId, request.stepUp);
  const kind = request.kind ?? 'sign_in_token';
  const id = newId(world, idPrefixOf(kind));
  const issue = asked && { ...asked, tokenId: id };
  const secret = issue ? deriveSecret(world, issue) : newSecret(world);
  const token: SignInToken = {
    id,
    kind,
    userId: request.userId,
    stepUp: request.stepUp,
    confirmation: request.confirmation,
    challenge: request.sameBrowser?.challenge,
    actor: request.actor,
    sessionMaxSeconds: request.sessionMaxSeconds,
    organizationId,
    secretHash: hashSecret(secret),
    status: 'pending',
    expiresAt: now + lifetime * 1000,
    signInUrl,
    redirectUrl,
    reason: request.reason,
    redeemedAddress: undefined,
    redeemedDevice: undefined,
    redeemedAt: undefined,
    sessionId: undefined,
    createdAt: now,
    updatedAt: now,
  };
  const entry = auditEntry(world, by, {
    action: `${kind}.created`,
    subjectId: id,
    userId: request.userId,
    personal: { reason: request.reason, actor: request.actor?.sub },
  });
  const once = issue && { issue, after: now - repeatableFor };
  const earlier = await world.store.signInTokens.add(token, entry, once);
  if (earlier === 'user_not_usable') {
    await requireUsable(world, request.userId);
    // The lock ended, or the ban, in between.
    return issueOnce(world, request, by, asked);
  }
  if (earlier && issue) return repeatIssue(world, earlier, issue.requestHash);
  return { token, ticket: writeTicket(kind, token.id, secret) };
}

/** Refuses who is not there, banned or locked. The store looks for that by itself where it adds a token. */
async function requireUsable(world: World, userId: string): Promise<void> {
  const user = await world.store.users.findStanding(userId);
  if (!user) throw notFound('user');
  refuseUnusable(user, world.clock.now());
}

/** What is asked for by name must be there to be proved: the link would lead nowhere. */
async function refuseStepUp(world: World, userId: string, stepUp: StepUp): Promise<void> {
  const user = await world.store.users.find(userId);
  if (!user) throw notFound('user');
  if (stepUp === 'second_factor' && !hasSecondFactor(user)) {
    throw refuseField(
      'form_param_value_invalid',
      'step_up',
      'This user has no second factor. Leave step_up out.',
    );
  }
  if (stepUp === 'client_trust' && !emailAddressesOf(user).some((address) => address.isVerified)) {
    throw refuseField(
      'form_param_value_invalid',
      'step_up',
      'This user has no verified e-mail address to prove a device by.',
    );
  }
}

function defaultLifetime(world: World): number {
  return Math.min(defaultLifetimeSeconds, world.instance.settings.maxTokenLifetimeSeconds);
}

function refuseLifetime(world: World, seconds: number): void {
  const cap = world.instance.settings.maxTokenLifetimeSeconds;
  if (seconds <= cap) return;
  throw refuseField(
    'form_param_value_invalid',
    'expires_in_seconds',
    `This instance lets sign-in tokens live at most ${cap} seconds.`,
  );
}

/** The organization to activate, which the user must belong to. */
async function readOrganization(world: World, request: TokenRequest): Promise<string | undefined> {
  if (request.organizationId === undefined) return undefined;
  const { id } = await getOrganization(world, request.organizationId);
  if (await world.store.memberships.find(id, request.userId)) return id;
  throw new Refusal('not_a_member_in_organization', 'This user is no member of the organization.');
}
