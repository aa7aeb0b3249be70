import { notFound, Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import type { CountedOrganization, PlacedMembership } from './organization.ts';

/** Refuses where the instance has no organizations (`organization_not_enabled_in_instance`). */
export function requireOrganizations(world: World): void {
  if (world.instance.settings.hasOrganizations) return;
  throw new Refusal(
    'organization_not_enabled_in_instance',
    'This instance has no organizations. Turn them on first.',
  );
}

/** The organization of this id or slug. Refuses with `resource_not_found`. */
export async function getOrganization(
  world: World,
  idOrSlug: string,
): Promise<CountedOrganization> {
  requireOrganizations(world);
  const organization = await world.store.organizations.find(idOrSlug);
  if (!organization) throw notFound('organization');
  return organization;
}

/** A user's membership, for the customer's server. Refuses with `resource_not_found`. */
export async function getMembership(
  world: World,
  idOrSlug: string,
  userId: string,
): Promise<PlacedMembership> {
  const { id } = await getOrganization(world, idOrSlug);
  const found = await world.store.memberships.find(id, userId);
  if (!found) throw notFound('member of this organization');
  return found;
}

/**
 * A user's own membership. Whether the organization or the membership is missing is told to
 * nobody: both are `organization_not_found_or_unauthorized`.
 */
export async function requireMembership(
  world: World,
  organizationId: string,
  userId: string,
): Promise<PlacedMembership> {
  requireOrganizations(world);
  const found = await world.store.memberships.find(organizationId, userId);
  if (!found) throw noMember();
  return found;
}

/** Says nothing of whether there is such an organization. */
export function noMember(): Refusal {
  return new Refusal(
    'organization_not_found_or_unauthorized',
    'You are no member of this organization. Choose another.',
  );
}

/** All memberships of a user, oldest first; none where the instance has no organizations. */
export async function membershipsOf(
  world: World,
  userId: string,
): Promise<readonly PlacedMembership[]> {
  if (!world.instance.settings.hasOrganizations) return [];
  return world.store.memberships.list({ userIds: [userId] }, { limit: mostShown, offset: 0 });
}

/** Every session carries them; whoever has more asks page by page. */
const mostShown = 100;
