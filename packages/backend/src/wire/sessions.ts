import type {
  BackendSessionJSON,
  Metadata,
  SessionActivityJSON,
  SessionStatus,
} from '@willcall/contract';

/** The device on which a session was opened, as far as it told. */
export interface SessionActivity {
  readonly deviceType: string | undefined;
  readonly isMobile: boolean;
  readonly browserName: string | undefined;
  readonly browserVersion: string | undefined;
  readonly ipAddress: string | undefined;
}

/** A session as your server sees it. Times are epoch milliseconds. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly clientId: string;
  readonly status: SessionStatus;
  readonly lastActiveAt: number;
  /** When the session ends at the latest. */
  readonly expireAt: number;
  /** When it ends if nobody uses it. */
  readonly abandonAt: number;
  /** Who acts as the user, in an impersonated session. */
  readonly actor: Metadata | undefined;
  readonly latestActivity: SessionActivity | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A session from the wire. */
export function readSession(json: BackendSessionJSON): Session {
  return {
    id: json.id,
    userId: json.user_id,
    clientId: json.client_id,
    status: json.status,
    lastActiveAt: json.last_active_at,
    expireAt: json.expire_at,
    abandonAt: json.abandon_at,
    actor: json.actor ?? undefined,
    latestActivity: json.latest_activity ? readActivity(json.latest_activity) : undefined,
    createdAt: json.created_at,
    updatedAt: json.updated_at,
  };
}

function readActivity(json: SessionActivityJSON): SessionActivity {
  return {
    deviceType: json.device_type ?? undefined,
    isMobile: json.is_mobile,
    browserName: json.browser_name ?? undefined,
    browserVersion: json.browser_version ?? undefined,
    ipAddress: json.ip_address ?? undefined,
  };
}
