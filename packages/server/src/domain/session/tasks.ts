import type { SessionStatus } from '@willcall/contract';
import type { World } from '../world.ts';
import { type Session, type SessionFilter, statusNow } from './session.ts';

/** What a person must do before a session counts as signed in. */
export interface SessionTask {
  readonly key: 'choose-organization';
}

/** The tasks of a session, as of now: a setting that changes counts at once. */
export function tasksOf(
  { instance }: Pick<World, 'instance'>,
  session: Pick<Session, 'organizationId'>,
): readonly SessionTask[] {
  const isChoiceMissing =
    instance.settings.isOrganizationForced && session.organizationId === undefined;
  return isChoiceMissing ? [{ key: 'choose-organization' }] : [];
}

/** The status that others see: a live session with something to do is `pending`. */
export function presentedStatus(world: World, session: Session): SessionStatus {
  const status = statusNow(session, world.clock.now());
  return status === 'active' && tasksOf(world, session).length > 0 ? 'pending' : status;
}

/** The filter for sessions that others see in this status: no row says that there is something to do. */
export function filterByStatus(
  { instance }: World,
  status: SessionStatus | undefined,
): SessionFilter {
  const isForced = instance.settings.isOrganizationForced;
  if (status === 'pending' && isForced) return { status: 'active', hasOrganization: false };
  if (status === 'active' && isForced) return { status, hasOrganization: true };
  return { status };
}
