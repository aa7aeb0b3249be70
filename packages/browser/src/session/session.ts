import type { Metadata, SessionStatus } from '@willcall/contract';
import type { User } from '../user/user.ts';

/** How to get a session token. */
export interface GetTokenParams {
  /** Whether a token is minted now, even while the present one is good. Default `false`. */
  readonly skipCache?: boolean | undefined;
}

/** Something to be done before a session is active. */
export interface SessionTask {
  readonly key: string;
}

/** One signed-in session of this browser. */
export interface Session {
  readonly id: string;
  /**
   * `active`, or `pending` while {@link Session.tasks} are to be done: the person is known,
   * and servers take the session for none yet.
   */
  readonly status: SessionStatus;
  readonly user: User;
  /** Who is acting as the user, for impersonation. `sub` names them. */
  readonly actor: Metadata | undefined;
  /** What the person must still do before the session is `active`, `choose-organization` for one. */
  readonly tasks: readonly SessionTask[];
  /** The organization that the session speaks for; `undefined` for the person alone. */
  readonly lastActiveOrganizationId: string | undefined;
  /** Epoch milliseconds. */
  readonly expireAt: number;
  /** When the session ends if it is not used. Epoch milliseconds. */
  readonly abandonAt: number;
  /** Epoch milliseconds. */
  readonly lastActiveAt: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /**
   * A session token for the `Authorization` header of the application's own server, good
   * for at least five seconds. Kept until shortly before it expires; callers and tabs that
   * ask at the same time share one request. A server that is out of reach is asked again
   * for about 15 seconds, one that asks to wait after at most 30; each call waits up to 30
   * seconds for its answer. `undefined` when the session has ended.
   */
  getToken(params?: GetTokenParams): Promise<string | undefined>;
  /** Ends this session. */
  end(): Promise<void>;
}
