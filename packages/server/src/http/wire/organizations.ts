import type {
  BackendOrganizationJSON,
  BackendOrganizationMembershipJSON,
  OrganizationJSON,
  OrganizationMembershipJSON,
  PublicOrganizationDataJSON,
  UserJSON,
} from '@willcall/contract';
import { mayCreateOrganizations } from '../../domain/organization/create-own.ts';
import { membershipsOf } from '../../domain/organization/find.ts';
import type {
  CountedOrganization,
  Organization,
  PlacedMembership,
} from '../../domain/organization/organization.ts';
import { roles } from '../../domain/organization/roles.ts';
import type { User } from '../../domain/user/user.ts';
import type { World } from '../../domain/world.ts';
import { presentPublicUserData, presentUser } from './users.ts';

/** A user with the organizations that the person belongs to, as the person's own browser sees both. */
export async function presentPerson(world: World, user: User): Promise<UserJSON> {
  const memberships = await membershipsOf(world, user.id);
  return {
    ...presentUser(world, user),
    create_organization_enabled: mayCreateOrganizations(world, user),
    organization_memberships: memberships.map((each) => presentMembership(world, each, user)),
  };
}

/** A person's place in an organization, as the person sees it. */
export function presentMembership(
  world: World,
  { membership, organization }: PlacedMembership,
  user: User,
): OrganizationMembershipJSON {
  const role = roles[membership.role];
  return {
    object: 'organization_membership',
    id: membership.id,
    role: membership.role,
    role_name: role.name,
    permissions: [...role.permissions],
    public_metadata: membership.publicMetadata,
    organization: presentOrganization(world, organization),
    public_user_data: presentPublicUserData(world, user),
    created_at: membership.createdAt,
    updated_at: membership.updatedAt,
  };
}

/** The same as the customer's server sees it. */
export function presentBackendMembership(
  world: World,
  placed: PlacedMembership,
  user: User,
): BackendOrganizationMembershipJSON {
  return {
    ...presentMembership(world, placed, user),
    private_metadata: placed.membership.privateMetadata,
    organization: presentBackendOrganization(world, placed.organization),
  };
}

/** An organization as its members see it. */
export function presentOrganization(
  world: World,
  organization: CountedOrganization,
): OrganizationJSON {
  return {
    object: 'organization',
    ...presentPublicOrganization(world, organization),
    members_count: organization.membersCount,
    max_allowed_memberships: organization.maxAllowedMemberships,
    admin_delete_enabled: false,
    public_metadata: organization.publicMetadata,
    created_at: organization.createdAt,
    updated_at: organization.updatedAt,
  };
}

/** The same as the customer's server sees it. */
export function presentBackendOrganization(
  world: World,
  organization: CountedOrganization,
): BackendOrganizationJSON {
  return {
    ...presentOrganization(world, organization),
    private_metadata: organization.privateMetadata,
    ...(organization.createdBy === undefined ? {} : { created_by: organization.createdBy }),
  };
}

/** What anybody who is invited may know of an organization. */
export function presentPublicOrganization(
  { instance }: World,
  organization: Organization,
): PublicOrganizationDataJSON {
  return {
    id: organization.id,
    name: organization.name,
    slug: organization.slug,
    image_url: `${instance.publicUrl}/_willcall/avatar.svg`,
    has_image: false,
  };
}
