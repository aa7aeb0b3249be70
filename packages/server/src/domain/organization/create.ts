import type { Metadata } from '@willcall/contract';
import { newId } from '../id.ts';
import { Refusal, refuseField } from '../refusal.ts';
import { newSecret, type World } from '../world.ts';
import { getOrganization, requireOrganizations } from './find.ts';
import { draftMembership } from './members.ts';
import { type CountedOrganization, type Organization, SlugConflict } from './organization.ts';

export interface NewOrganization {
  readonly name: string;
  readonly slug?: string | undefined;
  readonly createdBy?: string | undefined;
  readonly maxAllowedMemberships?: number | undefined;
  readonly publicMetadata?: Metadata | undefined;
  readonly privateMetadata?: Metadata | undefined;
  readonly createdAt?: number | undefined;
  /** How many the creator may have made; 0 and absent: as many as one likes. */
  readonly mostOfCreator?: number | undefined;
}

/**
 * Creates an organization; the user who is said to create it becomes its first administrator.
 * Refuses an unknown creator (`organization_creator_not_found`) and a slug that is taken
 * (`form_identifier_exists`). Without a slug it gets one from its name.
 */
export async function createOrganization(
  world: World,
  input: NewOrganization,
): Promise<CountedOrganization> {
  requireOrganizations(world);
  if (input.createdBy !== undefined && !(await world.store.users.find(input.createdBy))) {
    throw new Refusal(
      'organization_creator_not_found',
      'There is no user with the id of created_by.',
    );
  }
  const { createdBy, slug } = input;
  const organization: Organization = {
    id: newId(world, 'org'),
    name: input.name,
    slug: slug ?? (await freeSlug(world, input.name)),
    createdBy,
    maxAllowedMemberships: input.maxAllowedMemberships ?? 0,
    publicMetadata: input.publicMetadata ?? {},
    privateMetadata: input.privateMetadata ?? {},
    createdAt: input.createdAt ?? world.clock.now(),
    updatedAt: world.clock.now(),
  };
  const creator =
    createdBy === undefined
      ? undefined
      : draftMembership(world, {
          organizationId: organization.id,
          userId: createdBy,
          role: 'org:admin',
        });
  const most = input.mostOfCreator || undefined;
  const isCreated = await refuseTakenSlug(() =>
    world.store.organizations.create(organization, creator, most),
  );
  if (!isCreated) {
    throw new Refusal(
      'organization_quota_exceeded',
      'You have made as many organizations as you may. Ask the operator for more.',
    );
  }
  return getOrganization(world, organization.id);
}

/** Turns the store's conflict into the refusal that names the field. */
export async function refuseTakenSlug<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof SlugConflict)) throw error;
    throw refuseField(
      'form_identifier_exists',
      'slug',
      'Another organization has this slug. Use a different one.',
    );
  }
}

/** The name in letters that an address can hold, with something to tell it apart where it is taken. */
async function freeSlug(world: World, name: string): Promise<string> {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 50);
  if (plain !== '' && !(await world.store.organizations.find(plain))) return plain;
  const ending = newSecret(world)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(0, 8);
  return `${plain || 'organization'}-${ending}`;
}
