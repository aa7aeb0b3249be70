import type {
  ActiveSessionJSON,
  BackendSessionJSON,
  ListedSessionJSON,
  SessionActivityJSON,
  SessionJSON,
} from '@willcall/contract';
import { factorAges, signSessionToken } from '../../domain/session/sign-token.ts';
import type { Session } from '../../domain/session/session.ts';
import { presentedStatus, tasksOf } from '../../domain/session/tasks.ts';
import type { UsableSession } from '../../domain/session/use.ts';
import type { World } from '../../domain/world.ts';
import { readDevice } from '../device.ts';
import { presentPerson } from './organizations.ts';
import { presentPublicUserData } from './users.ts';

export interface SessionToPresent extends UsableSession {
  /** Its fresh token, where somebody signs it already. */
  readonly token?: Promise<string>;
}

/** A session as the browser that holds it sees it; a live one brings a fresh token. */
export async function presentSession(
  world: World,
  { session, user, token }: SessionToPresent,
  origin: string | undefined,
): Promise<SessionJSON> {
  const listed = presentListedSession(world, { session, user });
  const isLive = listed.status === 'active' || listed.status === 'pending';
  const jwt = isLive ? await (token ?? signSessionToken(world, session, origin)) : undefined;
  return {
    ...listed,
    last_active_token: jwt === undefined ? null : { object: 'token', jwt },
    user: await presentPerson(world, user),
  };
}

/** A session in the list of all of a person's sessions. */
export function presentListedSession(
  world: World,
  { session, user }: UsableSession,
): ListedSessionJSON {
  return {
    object: 'session',
    id: session.id,
    status: presentedStatus(world, session),
    expire_at: session.expireAt,
    abandon_at: session.abandonAt,
    last_active_at: session.lastActiveAt,
    last_active_organization_id: presentOrganizationId(world, session),
    actor: session.actor ?? null,
    tasks: presentTasks(world, session),
    factor_verification_age: factorAges(session, world),
    public_user_data: presentPublicUserData(world, user),
    created_at: session.createdAt,
    updated_at: session.updatedAt,
  };
}

/** A live session in a person's own list, with the device it was opened on. */
export function presentActiveSession(world: World, session: Session): ActiveSessionJSON {
  return {
    object: 'session',
    id: session.id,
    status: presentedStatus(world, session),
    expire_at: session.expireAt,
    abandon_at: session.abandonAt,
    last_active_at: session.lastActiveAt,
    actor: session.actor ?? null,
    tasks: presentTasks(world, session),
    latest_activity: presentActivity(session),
  };
}

/** A session as the customer's server sees it. */
export function presentBackendSession(world: World, session: Session): BackendSessionJSON {
  return {
    ...presentActiveSession(world, session),
    client_id: session.clientId,
    user_id: session.userId,
    last_active_organization_id: presentOrganizationId(world, session),
    created_at: session.createdAt,
    updated_at: session.updatedAt,
  };
}

/** `null` where nothing is to be done. */
function presentTasks(world: World, session: Session): { key: string }[] | null {
  const tasks = tasksOf(world, session);
  return tasks.length > 0 ? tasks.map(({ key }) => ({ key })) : null;
}

function presentOrganizationId({ instance }: World, { organizationId }: Session): string | null {
  return instance.settings.hasOrganizations ? (organizationId ?? null) : null;
}

/** What is not known of a device is left out. */
function presentActivity({ id, userAgent, ipAddress }: Session): SessionActivityJSON {
  const device = readDevice(userAgent);
  const known = {
    device_type: device.system,
    browser_name: device.browser,
    browser_version: device.version,
    ip_address: ipAddress,
  };
  return {
    object: 'session_activity',
    id: id.replace('sess_', 'sess_activity_'),
    is_mobile: device.isMobile,
    ...Object.fromEntries(Object.entries(known).filter(([, value]) => value)),
  };
}
