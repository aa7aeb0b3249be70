import type { AuditEntry } from '../audit-log/audit-log.ts';
import { type Client, draftClient } from '../client/client.ts';
import type { KnownDevice } from '../client/known-device.ts';
import type { Caller } from '../client/identify.ts';
import { newId } from '../id.ts';
import type { FailedAcceptance, InvitationAcceptance } from '../invitation/invitation.ts';
import { Refusal } from '../refusal.ts';
import type { Secret } from '../secret.ts';
import type { SignIn } from '../sign-in/sign-in.ts';
import type { Actor } from '../sign-in-token/sign-in-token.ts';
import type { SignUp } from '../sign-up/sign-up.ts';
import { refuseUnusable } from '../user/refuse-unusable.ts';
import type { User } from '../user/user.ts';
import type { World } from '../world.ts';
import { inactivityOf, type Session } from './session.ts';

/** All that one transaction writes to open a session. Every row hangs on the conditions. */
export interface SessionOpening {
  readonly session: Session;
  readonly client: Client;
  /** The client that the new one takes over from: its live sessions move. */
  readonly formerClientId: string | undefined;
  readonly devBrowserHash: string | undefined;
  /** Whether the live sessions of the former client end now: the person chose to switch. */
  readonly replacesSessions?: boolean | undefined;
  /** Whether the person did something for it: pressed, or typed a proof. */
  readonly isByGesture?: boolean | undefined;
  /** The attempt that is now complete. Inserted when it is new, else it must still be open. */
  readonly attempt:
    | { readonly kind: 'sign_in'; readonly signIn: SignIn; readonly isNew: boolean }
    | {
        readonly kind: 'sign_up';
        readonly signUp: SignUp;
        readonly user: User;
        readonly isNew: boolean;
      };
  /**
   * The token to consume: it must be pending, and expired for at most `lateBy` milliseconds,
   * which is 0 unless the sign-in began in time.
   */
  readonly consumedToken:
    | {
        readonly id: string;
        readonly lateBy: number;
        /** The network that it is redeemed from, and the device. */
        readonly address: string | undefined;
        readonly device: string | undefined;
      }
    | undefined;
  readonly auditEntry: AuditEntry;
  /** The invitation to accept: it must be pending. */
  readonly acceptedInvitation?: InvitationAcceptance | undefined;
  /** A proof by password, or for a new one, counts only while the password is the one that was set at this time. */
  readonly passwordSetAt?: number | undefined;
  /** The password of a finished reset. */
  readonly newPassword?: { readonly digest: string; readonly signsOutOthers: boolean } | undefined;
  readonly knownDevice?: KnownDevice | undefined;
}

/** Why the transaction wrote nothing. */
export type OpeningOutcome =
  | 'opened'
  | 'token_not_pending'
  | 'user_not_usable'
  | 'attempt_not_open'
  | FailedAcceptance;

export interface SessionOpeningStore {
  /** Writes all of the opening or nothing of it. Throws `UserConflict` for a sign-up. */
  open(opening: SessionOpening, now: number): Promise<OpeningOutcome>;
}

/** A session, the client that now holds it, and the token by which the browser is known from here on. */
export interface OpenedSession {
  readonly session: Session;
  readonly client: Client;
  readonly clientToken: Secret;
  /** Set where the browser has no device token yet and is remembered now. */
  readonly deviceToken?: Secret | undefined;
  /** Set where the client holds no other session: nobody has to read what is known here. */
  readonly alone?: OpenedAlone | undefined;
}

/** What is known of a session as soon as it is opened. */
export interface OpenedAlone {
  /** The user as the opening left them. */
  readonly user: User;
  /** Signed while the opening went to disk. */
  readonly token: Promise<string>;
}

/** What a session is opened with besides its user. */
export interface SessionTerms {
  /** How the person signed in. */
  readonly strategy: string;
  readonly maxSeconds?: number | undefined;
  readonly actor?: Actor | undefined;
  readonly organizationId?: string | undefined;
  readonly hasSecondFactor?: boolean | undefined;
}

/** A session for this user in a fresh client, not yet written. */
export function draftSession(
  world: World,
  caller: Caller,
  userId: string,
  terms: SessionTerms,
): OpenedSession {
  const now = world.clock.now();
  const { client, token } = draftClient(world, caller.presentedHash);
  const { sessionLifetimeSeconds } = world.instance.settings;
  const { strategy, maxSeconds = sessionLifetimeSeconds } = terms;
  const expireAt = now + Math.min(maxSeconds, sessionLifetimeSeconds) * 1000;
  const session: Session = {
    id: newId(world, 'sess'),
    clientId: client.id,
    userId,
    status: 'active',
    expireAt,
    abandonAt: Math.min(expireAt, now + inactivityOf(world, terms.actor)),
    lastActiveAt: now,
    authenticatedAt: now,
    secondFactorAt: terms.hasSecondFactor ? now : undefined,
    strategy,
    actor: terms.actor,
    organizationId: terms.organizationId,
    origin: caller.origin,
    ipAddress: caller.ipAddress,
    userAgent: caller.userAgent,
    createdAt: now,
    updatedAt: now,
  };
  return {
    session,
    client: {
      ...client,
      lastActiveSessionId: session.id,
      // The wire keeps null for tickets: it is no way that a person would choose again.
      lastAuthenticationStrategy: strategy === 'ticket' ? undefined : strategy,
    },
    clientToken: token,
  };
}

/** Turns an opening that wrote nothing into the refusal that says why. */
export async function refuseFailedOpening(
  world: World,
  outcome: OpeningOutcome,
  userId: string,
): Promise<void> {
  if (outcome === 'opened') return;
  if (outcome === 'user_not_usable') {
    const user = await world.store.users.find(userId);
    if (user) refuseUnusable(user, world.clock.now());
  }
  throw new Refusal('sign_in_step_invalid', 'This sign-in is over. Start again.');
}
