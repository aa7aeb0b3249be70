import type { SessionStatus } from '@willcall/contract';
import type { AuditEntry } from '../audit-log/audit-log.ts';
import type { Actor } from '../sign-in-token/sign-in-token.ts';
import type { User } from '../user/user.ts';
import type { World } from '../world.ts';

/** One signed-in state of a user in a client. Times are epoch milliseconds. */
export interface Session {
  readonly id: string;
  readonly clientId: string;
  readonly userId: string;
  readonly status: SessionStatus;
  /** It never lives longer than this. */
  readonly expireAt: number;
  /** It ends here unless it is used before. */
  readonly abandonAt: number;
  readonly lastActiveAt: number;
  /** When a first factor was last proved. */
  readonly authenticatedAt: number;
  /** How the person signed in, for example `ticket` (RFC 8176 keeps no word for it). */
  readonly strategy: string;
  /** When a second factor was last proved. */
  readonly secondFactorAt: number | undefined;
  /** Who acts as the user, for impersonation. */
  readonly actor: Actor | undefined;
  /** The organization that is active in it. */
  readonly organizationId: string | undefined;
  /** The origin that it was opened from; `azp` where a request names none. */
  readonly origin: string | undefined;
  readonly ipAddress: string | undefined;
  readonly userAgent: string | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface SessionFilter {
  readonly clientId?: string | undefined;
  readonly userId?: string | undefined;
  readonly status?: SessionStatus | undefined;
  /** Whether an organization is active in it. */
  readonly hasOrganization?: boolean | undefined;
}

/** How a session stops being live. */
export type EndingStatus = 'ended' | 'removed' | 'revoked' | 'replaced';

export interface SessionStore {
  find(id: string): Promise<Session | undefined>;
  /** Newest first. */
  list(
    filter: SessionFilter,
    page: { limit: number; offset: number; now: number },
  ): Promise<readonly Session[]>;
  count(filter: SessionFilter, now: number): Promise<number>;
  /** The live sessions of a client with their users, oldest first. */
  listLive(clientId: string, now: number): Promise<readonly { session: Session; user: User }[]>;
  /** The session and its user, if the session is live and the user may use it; one statement. */
  findUsable(id: string, now: number): Promise<{ session: Session; user: User } | undefined>;
  /** The same session with the hash of its client's secret, and without the user. */
  findHeld(
    id: string,
    now: number,
  ): Promise<{ session: Session; clientSecretHash: string } | undefined>;
  /** Newest first, so many of them. */
  listLiveOfUser(userId: string, now: number, most: number): Promise<readonly Session[]>;
  /** Ends a live session. `undefined` when it is not live (any more). */
  end(
    id: string,
    status: EndingStatus,
    now: number,
    entry: AuditEntry,
  ): Promise<Session | undefined>;
  /** Ends the sessions of a client, with a line for each one that was live. */
  endAllOfClient(
    clientId: string,
    status: EndingStatus,
    now: number,
    entryFor: (session: Session) => AuditEntry,
  ): Promise<void>;
  /** Notes that a session is in use, and makes it the client's active one. */
  touch(
    id: string,
    use: { now: number; abandonAt: number; activate: boolean },
  ): Promise<Session | undefined>;
}

/** Whether a session may be used at this time. */
export function isLive(session: Session, now: number): boolean {
  return session.status === 'active' && session.expireAt > now && session.abandonAt > now;
}

/** The status as of now: a session that ran out says so although nobody wrote it down. */
export function statusNow(session: Session, now: number): SessionStatus {
  if (session.status !== 'active') return session.status;
  if (session.expireAt <= now) return 'expired';
  return session.abandonAt <= now ? 'abandoned' : 'active';
}

/** An impersonation that nobody uses is over after ten minutes. Milliseconds. */
const actorInactivity = 600_000;

/** How long a session lives unused. Milliseconds. */
export function inactivityOf(world: Pick<World, 'instance'>, actor: Actor | undefined): number {
  return actor ? actorInactivity : world.instance.settings.sessionInactivitySeconds * 1000;
}
