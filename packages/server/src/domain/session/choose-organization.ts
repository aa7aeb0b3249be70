import { noMember, requireMembership } from '../organization/find.ts';
import type { World } from '../world.ts';
import type { Session } from './session.ts';

/**
 * Makes an organization the active one of a session; an empty text takes any away. Refuses
 * one that the user does not belong to with `organization_not_found_or_unauthorized`.
 */
export async function chooseOrganization(
  world: World,
  session: Session,
  organizationId: string,
): Promise<void> {
  const chosen = organizationId === '' ? undefined : organizationId;
  if (chosen !== undefined) await requireMembership(world, chosen, session.userId);
  if (chosen === session.organizationId) return;
  if (await world.store.memberships.activate(session.id, chosen)) return;
  // The membership was taken away in between, or the session ended.
  throw noMember();
}
