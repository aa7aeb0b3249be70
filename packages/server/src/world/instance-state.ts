import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { writePublishableKey } from '@willcall/contract';
import {
  type Agent,
  type AuditEntry,
  auditEntry,
  operator,
} from '../domain/audit-log/audit-log.ts';
import type { InstanceRecord, InstanceState } from '../domain/instance/instance.ts';
import type { InstanceSettings } from '../domain/instance/settings.ts';
import type { Store } from '../domain/store.ts';
import type { World } from '../domain/world.ts';

/** Another process may change the settings; this one sees it within a second. Milliseconds. */
const freshFor = 1000;

/** What is decided when the server starts. A free port is known only once it listens. */
export interface Addresses {
  readonly publicUrl: string;
  /** The host inside the publishable key. */
  readonly fapiHost: string;
}

/** Settings as the store keeps them. A former version takes no notice of what is added. */
export interface KeptSettings extends InstanceSettings {
  /** Which configuration file was applied last, as a digest. */
  readonly appliedFile?: string | undefined;
}

/** The settings of a configuration file, to be kept. */
export function fromFile(settings: InstanceSettings, presets: InstanceSettings): KeptSettings {
  return { ...settings, appliedFile: digestOfFile(settings, presets) };
}

/** What was kept, with presets for what an earlier version did not have. */
export function fillIn(kept: KeptSettings, presets: InstanceSettings): InstanceSettings {
  const { appliedFile: _, ...settings } = kept;
  return { ...presets, ...settings };
}

/** The state of the instance that this store holds. */
export function openInstanceState(
  store: Store,
  record: InstanceRecord,
  options: {
    readonly addresses: (record: InstanceRecord) => Addresses;
    /** Stand for those that an earlier version did not have. */
    readonly defaultSettings: InstanceSettings;
  },
  world: Pick<World, 'clock' | 'pepper' | 'randomBytes'>,
): InstanceState {
  const { clock } = world;
  const addresses = options.addresses(record);
  const presets = options.defaultSettings;
  let settings = fillIn(record.settings, presets);
  let readAt = clock.now();

  async function read(): Promise<void> {
    const kept = (await store.instance.find())?.settings;
    if (kept) settings = fillIn(kept, presets);
  }

  return {
    id: record.id,
    type: record.type,
    publishableKey: writePublishableKey({ instanceType: record.type, host: addresses.fapiHost }),
    issuer: `https://${addresses.fapiHost}`,
    get publicUrl() {
      return addresses.publicUrl;
    },
    get settings() {
      return settings;
    },
    refresh() {
      const now = clock.now();
      if (now - readAt < freshFor && now >= readAt) return undefined;
      readAt = now;
      return read();
    },
    async save(changed, by = operator, fields = []) {
      const entry = settingsEntry(world, record.id, by, fields);
      await store.instance.saveSettings(fromFile(changed, presets), entry);
      settings = changed;
    },
    async change(change, by, fields) {
      const entry = settingsEntry(world, record.id, by, fields);
      settings = fillIn(await store.instance.changeSettings(change, entry), presets);
    },
  };
}

/**
 * The same for two files that give the same. What is as without a file is left out, or else a
 * version with a new setting would take every file for a changed one.
 */
function digestOfFile(settings: InstanceSettings, presets: InstanceSettings): string {
  const unset = plain(presets);
  const given = Object.entries(plain(settings)).filter(
    ([name, value]) => !isDeepStrictEqual(value, unset[name]),
  );
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(given), inOneOrder))
    .digest('hex');
}

/** As JSON keeps them: what is undefined is not there. */
function plain(settings: InstanceSettings): Record<string, unknown> {
  return JSON.parse(JSON.stringify(settings)) as Record<string, unknown>;
}

function inOneOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The line of changed settings: which were given, and not what they say. */
export function settingsEntry(
  world: Pick<World, 'clock' | 'pepper' | 'randomBytes'>,
  instanceId: string,
  by: Agent,
  fields: readonly string[],
): AuditEntry {
  return auditEntry(world, by, {
    action: 'instance.updated',
    subjectId: instanceId,
    detail: fields.length > 0 ? { fields: fields.join(', ') } : {},
  });
}

/**
 * The host of a development key: official SDKs take it for development by its ending, and
 * it can never be resolved, since its first label is longer than DNS allows (RFC 1035,
 * section 2.3.4). An app that forgot its proxy talks to nobody.
 */
export function developmentHost(instanceId: string): string {
  const digest = createHash('sha256').update(instanceId).digest('hex');
  return `willcall-${digest.slice(0, 61)}.clerk.accounts.dev`;
}
