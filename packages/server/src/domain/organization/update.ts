import { mergeDeep, mergeKinds, type MetadataUpdate } from '../metadata.ts';
import { notFound } from '../refusal.ts';
import type { World } from '../world.ts';
import { refuseTakenSlug } from './create.ts';
import { getOrganization } from './find.ts';
import type { CountedOrganization, Organization, OrganizationChange } from './organization.ts';

/** Changes an organization. Refuses a slug that is taken (`form_identifier_exists`). */
export function updateOrganization(
  world: World,
  idOrSlug: string,
  change: OrganizationChange,
): Promise<CountedOrganization> {
  return write(world, idOrSlug, () => change);
}

/** Merges what an application keeps with an organization. Two that come at once both stay. */
export function mergeOrganizationMetadata(
  world: World,
  idOrSlug: string,
  update: MetadataUpdate,
): Promise<CountedOrganization> {
  return write(world, idOrSlug, (present) => mergeKinds(present, update, mergeDeep));
}

async function write(
  world: World,
  idOrSlug: string,
  decide: (present: Organization) => OrganizationChange,
): Promise<CountedOrganization> {
  const { id } = await getOrganization(world, idOrSlug);
  const changed = await refuseTakenSlug(() =>
    world.store.organizations.update(id, (present) => ({
      ...decide(present),
      updatedAt: world.clock.now(),
    })),
  );
  if (!changed) throw notFound('organization');
  return changed;
}

/** Deletes an organization with its memberships; its invitations cannot be accepted any more. */
export async function deleteOrganization(world: World, idOrSlug: string): Promise<string> {
  const { id } = await getOrganization(world, idOrSlug);
  if (!(await world.store.organizations.delete(id, world.clock.now())))
    throw notFound('organization');
  return id;
}
