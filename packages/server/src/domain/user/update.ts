import { mergeKeys, mergeKinds, type MetadataUpdate } from '../metadata.ts';
import { notFound, Refusal, refuseField } from '../refusal.ts';
import { type ImportedFactors, importFactors } from '../second-factor/import.ts';
import type { World } from '../world.ts';
import { refuseConflicts } from './create.ts';
import { hashNewPassword, refuseOversizedPassword } from './password.ts';
import type { User, UserChange } from './user.ts';

/** The user of this id. Refuses with `resource_not_found`. */
export async function getUser(world: World, id: string): Promise<User> {
  const user = await world.store.users.find(id);
  if (!user) throw notFound('user');
  return user;
}

export type UserUpdate = Omit<UserChange, 'passwordDigest' | 'passwordUpdatedAt'> & {
  readonly password?: string | undefined;
  readonly skipPasswordChecks?: boolean | undefined;
  /** Ends every session, in the transaction of the update. */
  readonly signOutOfOtherSessions?: boolean | undefined;
  readonly secondFactors?: ImportedFactors | undefined;
};

/** Changes a user. Refuses what `createUser` refuses, and an address that is not the user's. */
export async function updateUser(world: World, id: string, update: UserUpdate): Promise<User> {
  const { password, skipPasswordChecks, signOutOfOtherSessions, secondFactors, ...fields } = update;
  const user = await getUser(world, id);
  refuseForeignPrimary(user, fields);
  const digest = await readPassword(world, password, skipPasswordChecks);
  const { change: factors, backupCodeHashes } = importFactors(world, user, secondFactors ?? {});
  const now = world.clock.now();
  const change: UserChange = {
    ...fields,
    ...factors,
    ...(digest === undefined ? {} : { passwordDigest: digest, passwordUpdatedAt: now }),
    updatedAt: now,
  };
  const ending = signOutOfOtherSessions ? { at: now } : undefined;
  const changed = await refuseConflicts(() =>
    world.store.users.update(id, change, { ending, backupCodeHashes }),
  );
  if (!changed) throw notFound('user');
  return changed;
}

/**
 * Merges metadata one level deep as on the wire: a key set to `null` is removed.
 * Each of the three kinds is left alone when absent. Two that come at once both stay.
 * Refuses what becomes larger than 8 kB.
 */
export async function mergeUserMetadata(
  world: World,
  id: string,
  update: MetadataUpdate,
): Promise<User> {
  const changed = await world.store.users.update(id, (user) => ({
    ...mergeKinds(user, update, mergeKeys),
    updatedAt: world.clock.now(),
  }));
  if (!changed) throw notFound('user');
  return changed;
}

async function readPassword(
  world: World,
  password: string | undefined,
  skipChecks: boolean | undefined,
): Promise<string | undefined> {
  if (password === undefined) return undefined;
  if (!skipChecks) return hashNewPassword(world, password);
  refuseOversizedPassword(password);
  return world.passwords.hash(password);
}

function refuseForeignPrimary(user: User, fields: UserChange): void {
  const primaries = [
    ['primary_email_address_id', 'email_address', fields.primaryEmailAddressId],
    ['primary_phone_number_id', 'phone_number', fields.primaryPhoneNumberId],
  ] as const;
  for (const [field, kind, id] of primaries) {
    if (id === undefined) continue;
    const identification = user.identifications.find(
      (each) => each.id === id && each.kind === kind,
    );
    if (!identification)
      throw refuseField('form_param_value_invalid', field, 'Name an address that this user has.');
    if (!identification.isVerified)
      throw new Refusal('form_param_value_invalid', 'Verify the address first.', {
        param_name: field,
      });
  }
}
