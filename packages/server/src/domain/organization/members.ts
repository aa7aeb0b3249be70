import type { Metadata } from '@willcall/contract';
import { newId } from '../id.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { World } from '../world.ts';
import { getMembership, getOrganization } from './find.ts';
import type {
  JoinOutcome,
  Membership,
  MembershipChange,
  PlacedMembership,
  Role,
} from './organization.ts';

export interface NewMembership {
  readonly organizationId: string;
  readonly userId: string;
  readonly role: Role;
  readonly publicMetadata?: Metadata | undefined;
  readonly privateMetadata?: Metadata | undefined;
}

/** A membership that is not yet in the store. */
export function draftMembership(world: World, input: NewMembership): Membership {
  const now = world.clock.now();
  return {
    id: newId(world, 'orgmem'),
    organizationId: input.organizationId,
    userId: input.userId,
    role: input.role,
    publicMetadata: input.publicMetadata ?? {},
    privateMetadata: input.privateMetadata ?? {},
    createdAt: now,
    updatedAt: now,
  };
}

/** Makes a user a member. Refuses a member, and a place above `max_allowed_memberships`. */
export async function addMember(world: World, input: NewMembership): Promise<PlacedMembership> {
  const { id } = await getOrganization(world, input.organizationId);
  if (!(await world.store.users.find(input.userId))) throw notFound('user');
  refuseFailedJoin(
    await world.store.memberships.add(draftMembership(world, { ...input, organizationId: id })),
  );
  return getMembership(world, id, input.userId);
}

/** Turns a membership that was not written into the refusal that says why. */
export function refuseFailedJoin(outcome: JoinOutcome): void {
  if (outcome === 'already_a_member') {
    throw new Refusal(
      'already_a_member_in_organization',
      'This person is a member of the organization already.',
    );
  }
  if (outcome === 'organization_full') {
    throw new Refusal(
      'organization_membership_quota_exceeded',
      'The organization has no place left. Ask its administrator.',
    );
  }
  if (outcome === 'organization_missing') throw notFound('organization');
}

/** Changes a membership, as it is decided by what it is: the role, or what an application keeps with it. */
export async function changeMember(
  world: World,
  idOrSlug: string,
  userId: string,
  decide: (present: Membership) => MembershipChange,
): Promise<PlacedMembership> {
  const { id } = await getOrganization(world, idOrSlug);
  const changed = await world.store.memberships.update(id, userId, (present) => ({
    ...decide(present),
    updatedAt: world.clock.now(),
  }));
  if (!changed) throw notFound('member of this organization');
  return changed;
}

/** Takes a user out of an organization: the next token of each session does not name it any more. */
export async function removeMember(
  world: World,
  idOrSlug: string,
  userId: string,
): Promise<PlacedMembership> {
  const found = await getMembership(world, idOrSlug, userId);
  if (await world.store.memberships.remove(found.organization.id, userId)) return found;
  throw notFound('member of this organization');
}
