import { operator } from '../domain/audit-log/audit-log.ts';
import { newId } from '../domain/id.ts';
import type { InstanceRecord, InstanceType } from '../domain/instance/instance.ts';
import type { InstanceSettings } from '../domain/instance/settings.ts';
import { openRecentTokens } from '../domain/session/recent-tokens.ts';
import type { Store } from '../domain/store.ts';
import type { Clock, World } from '../domain/world.ts';
import { openIdentityProvider } from './identity-provider.ts';
import {
  type Addresses,
  fillIn,
  fromFile,
  type KeptSettings,
  openInstanceState,
  settingsEntry,
} from './instance-state.ts';
import { mailboxMailer, noMailer, openMailer, smtpMailer } from './mailer.ts';
import { openPasswords } from './passwords.ts';
import { noPermits, openPermits } from './permits.ts';
import { randomBytes } from './random-bytes.ts';
import { rememberSecretKeys } from './recent-secret-keys.ts';
import { openSecretBox } from './secret-box.ts';
import { openStoreClock } from './store-clock.ts';
import { openSigningKeys, rotateSigningKeys } from './signing-keys.ts';

/** What a world is made of besides its store. */
export interface WorldOptions {
  readonly instanceType: InstanceType;
  /** The instance secret: seals signing keys, and keys the hashes of short codes. */
  readonly secret: string;
  /**
   * Of the configuration file: they replace those of the store where the file has changed since it
   * was applied last. `undefined` leaves them, or takes `defaultSettings` at first.
   */
  readonly settings: InstanceSettings | undefined;
  readonly defaultSettings: InstanceSettings;
  readonly addresses: (record: InstanceRecord) => Addresses;
  readonly mail: { readonly smtpUrl: string; readonly from: string } | undefined;
  /** Whether calls are counted against limits. Default: not. */
  readonly hasRateLimits?: boolean | undefined;
  /** Is told why a mail that nobody waited for could not be sent. */
  readonly onLostMail?: ((error: unknown) => void) | undefined;
  /** Tests set the time; default is the store's where processes share it, else the machine's. */
  readonly clock?: Clock | undefined;
}

/** The store holds another kind of instance, or its keys were sealed with another secret. */
export class WorldError extends Error {}

/** Everything that the rules need, over a store that is open. Throws {@link WorldError}. */
export async function openWorld(store: Store, options: WorldOptions): Promise<World> {
  const clock = options.clock ?? (await openClock(store));
  const box = openSecretBox(options.secret);
  const sources = { clock, randomBytes, pepper: box.mac };
  const found = await openInstance(store, options, sources);
  // Before anything is written under the secret.
  const signingKeys = await openSigningKeys(store, box, sources).catch(explainSecret);
  const record = await takeSettings(store, found, options, sources);
  return {
    ...sources,
    store: { ...store, secretKeys: rememberSecretKeys(store.secretKeys, clock) },
    passwords: await openPasswords(),
    signingKeys,
    recentTokens: openRecentTokens(),
    mailer: openMailer(openDelivery(store, options, sources), options.onLostMail ?? (() => {})),
    permits: options.hasRateLimits ? openPermits(store.rateLimits, sources) : noPermits,
    identityProvider: openIdentityProvider(record, box, clock),
    instance: openInstanceState(store, record, options, sources),
    vault: box,
  };
}

async function openClock({ now }: Store): Promise<Clock> {
  return now ? openStoreClock(now) : { now: () => Date.now() };
}

/** Makes a new signing key for the store; a running server signs with it within a second. */
export async function rotateKeys(store: Store, secret: string): Promise<string> {
  const sources = {
    clock: await openClock(store),
    randomBytes: randomBytes,
  };
  return rotateSigningKeys(store, openSecretBox(secret), sources, operator);
}

async function openInstance(
  store: Store,
  options: WorldOptions,
  sources: Pick<World, 'clock' | 'randomBytes'>,
): Promise<InstanceRecord> {
  const { instanceType: type, settings, defaultSettings } = options;
  const found = await store.instance.find();
  if (!found) {
    const record = {
      id: newId(sources, 'ins'),
      type,
      settings: settings ? fromFile(settings, defaultSettings) : defaultSettings,
      createdAt: sources.clock.now(),
    };
    if (await store.instance.create(record)) return record;
    // Another process that starts at the same time was first.
    return openInstance(store, options, sources);
  }
  if (found.type !== type) {
    throw new WorldError(
      `This is the data of a ${found.type} instance, and this is the ${type} start. Name another folder with --data, or another DATABASE_URL.`,
    );
  }
  return found;
}

/**
 * A start with the file that was applied last changes nothing: what was changed since, through
 * whichever node, stays. One that an earlier version applied counts as changed.
 */
async function takeSettings(
  store: Store,
  found: InstanceRecord,
  { settings, defaultSettings }: WorldOptions,
  sources: Pick<World, 'clock' | 'randomBytes' | 'pepper'>,
): Promise<InstanceRecord> {
  const kept: KeptSettings = found.settings;
  const given = settings && fromFile(settings, defaultSettings);
  if (!given || given.appliedFile === kept.appliedFile)
    return { ...found, settings: fillIn(kept, defaultSettings) };
  await store.instance.saveSettings(given, settingsEntry(sources, found.id, operator, []));
  return { ...found, settings: fillIn(given, defaultSettings) };
}

function openDelivery(
  store: Store,
  options: WorldOptions,
  sources: Pick<World, 'clock' | 'randomBytes'>,
) {
  if (options.mail) return smtpMailer(options.mail.smtpUrl, options.mail.from);
  return options.instanceType === 'development' ? mailboxMailer(store, sources) : noMailer();
}

function explainSecret(error: unknown): never {
  throw new WorldError(
    'The signing keys of the data cannot be opened. Start with the instance secret with which they were made.',
    { cause: error },
  );
}
