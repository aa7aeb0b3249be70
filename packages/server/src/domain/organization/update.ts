import type { Metadata } from '@willcall/contract';
import { notFound } from '../refusal.ts';
import type { World } from '../world.ts';
import { refuseTakenSlug } from './create.ts';
import { getOrganization } from './find.ts';
import type { CountedOrganization, OrganizationChange } from './organization.ts';

/** Changes an organization. Refuses a slug that is taken (`form_identifier_exists`). */
export async function updateOrganization(
  world: World,
  idOrSlug: string,
  change: OrganizationChange,
): Promise<CountedOrganization> {
  const { id } = await getOrganization(world, idOrSlug);
  const written = { ...change, updatedAt: world.clock.now() };
  const changed = await refuseTakenSlug(() => world.store.organizations.update(id, written));
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

/** Merges metadata at every level as on the wire: a key set to `null` is removed. */
export function mergeMetadata(present: Metadata, update: Metadata | undefined): Metadata {
  const merged: Metadata = { ...present };
  for (const [key, value] of Object.entries(update ?? {})) {
    const before = Object.hasOwn(merged, key) ? merged[key] : undefined;
    if (value === null) delete merged[key];
    else
      setOwn(
        merged,
        key,
        isObject(value) ? mergeMetadata(isObject(before) ? before : {}, value) : value,
      );
  }
  return merged;
}

/** `__proto__` is a key like any other here. */
function setOwn(target: Metadata, key: string, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function isObject(value: unknown): value is Metadata {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
