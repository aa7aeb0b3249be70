import { Refusal } from '../refusal.ts';
import { refuseActor, type UsableSession } from '../session/use.ts';
import type { User } from '../user/user.ts';
import type { World } from '../world.ts';
import { createOrganization } from './create.ts';
import { requireOrganizations } from './find.ts';
import type { CountedOrganization } from './organization.ts';

/**
 * Creates an organization for the person of a session, who administrates it. Refuses with
 * `not_allowed_access` where the instance or the operator does not let this person, and whoever
 * acts as the person; with `organization_quota_exceeded` above the person's limit.
 */
export async function createOwnOrganization(
  world: World,
  { session, user }: UsableSession,
  input: { name: string; slug?: string | undefined },
): Promise<CountedOrganization> {
  requireOrganizations(world);
  refuseActor(session);
  if (!mayCreateOrganizations(world, user)) {
    throw new Refusal(
      'not_allowed_access',
      'Organizations are made by the operator here. Ask for one, or for an invitation.',
    );
  }
  return createOrganization(world, {
    ...input,
    createdBy: user.id,
    mostOfCreator: user.createOrganizationsLimit,
  });
}

/** Whether a person may create organizations: the instance lets people, and the operator this one. */
export function mayCreateOrganizations({ instance }: Pick<World, 'instance'>, user: User): boolean {
  const { hasOrganizations, isOrganizationCreationAllowed } = instance.settings;
  return hasOrganizations && isOrganizationCreationAllowed && user.isCreateOrganizationEnabled;
}
