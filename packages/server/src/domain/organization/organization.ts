import type { Metadata } from '@willcall/contract';

/** A group of users under one name. Times are epoch milliseconds. */
export interface Organization {
  readonly id: string;
  readonly name: string;
  /** Its name in addresses and tokens; exists once. */
  readonly slug: string;
  /** The user who made it, if one did. */
  readonly createdBy: string | undefined;
  /** 0: as many as come. */
  readonly maxAllowedMemberships: number;
  readonly publicMetadata: Metadata;
  readonly privateMetadata: Metadata;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** An organization with the number of its members. */
export interface CountedOrganization extends Organization {
  readonly membersCount: number;
}

export type OrganizationChange = Partial<Omit<Organization, 'id' | 'createdBy'>>;

export interface OrganizationFilter {
  /** Part of name or slug, or the whole id. */
  readonly query?: string | undefined;
  readonly ids?: readonly string[] | undefined;
  /** Organizations that one of these users belongs to. */
  readonly userIds?: readonly string[] | undefined;
}

export interface OrganizationPage {
  readonly orderBy: 'name' | 'created_at' | 'members_count';
  readonly isAscending: boolean;
  readonly limit: number;
  readonly offset: number;
}

/** Thrown by the store where another organization has the slug; nothing was written. */
export class SlugConflict extends Error {}

export interface OrganizationStore {
  /** By id or slug. */
  find(idOrSlug: string): Promise<CountedOrganization | undefined>;
  list(filter: OrganizationFilter, page: OrganizationPage): Promise<readonly CountedOrganization[]>;
  count(filter: OrganizationFilter): Promise<number>;
  /** Writes it, and its first member. Throws {@link SlugConflict}. */
  /** `false` where the creator has made `most` already. Throws `SlugConflict`. */
  create(
    organization: Organization,
    creator: Membership | undefined,
    most?: number,
  ): Promise<boolean>;
  /** Writes what is decided by the organization as nobody else changes it meanwhile. Throws {@link SlugConflict}. */
  update(
    id: string,
    decide: (present: Organization) => OrganizationChange,
  ): Promise<CountedOrganization | undefined>;
  /** Removes it with its memberships, takes it from sessions, and revokes its invitations. */
  delete(id: string, at: number): Promise<boolean>;
}

/** A user's place in an organization. */
export interface Membership {
  readonly id: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly role: Role;
  readonly publicMetadata: Metadata;
  readonly privateMetadata: Metadata;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type Role = 'org:admin' | 'org:member';

/** A membership with what it belongs to. */
export interface PlacedMembership {
  readonly membership: Membership;
  readonly organization: CountedOrganization;
}

export type MembershipChange = Partial<
  Pick<Membership, 'role' | 'publicMetadata' | 'privateMetadata' | 'updatedAt'>
>;

export interface MembershipFilter {
  readonly organizationId?: string | undefined;
  readonly userIds?: readonly string[] | undefined;
  readonly roles?: readonly string[] | undefined;
}

/** Whether a membership was written, and why not. */
export type JoinOutcome =
  | 'joined'
  | 'already_a_member'
  | 'organization_full'
  | 'organization_missing';

export interface MembershipStore {
  find(organizationId: string, userId: string): Promise<PlacedMembership | undefined>;
  /** Oldest first, unless `isNewestFirst`. */
  list(
    filter: MembershipFilter,
    page: { limit: number; offset: number; isNewestFirst?: boolean | undefined },
  ): Promise<readonly PlacedMembership[]>;
  count(filter: MembershipFilter): Promise<number>;
  add(membership: Membership): Promise<JoinOutcome>;
  /** Writes what is decided by the membership as nobody else changes it meanwhile. */
  update(
    organizationId: string,
    userId: string,
    decide: (present: Membership) => MembershipChange,
  ): Promise<PlacedMembership | undefined>;
  /** Removes it, and takes the organization from the user's sessions in the same transaction. */
  remove(organizationId: string, userId: string): Promise<boolean>;
  /** Makes it the active one of a live session, if the session's user is a member; `undefined` takes any away. */
  activate(sessionId: string, organizationId: string | undefined): Promise<boolean>;
}
