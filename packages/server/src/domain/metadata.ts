import type { Metadata } from '@willcall/contract';
import { refuseField } from './refusal.ts';

/** What an application keeps with something, each kind seen by others. */
const kinds = {
  publicMetadata: 'public_metadata',
  privateMetadata: 'private_metadata',
  unsafeMetadata: 'unsafe_metadata',
} as const;

type Kind = keyof typeof kinds;

/** What is merged into metadata; a kind that is absent is left alone. */
export type MetadataUpdate = { readonly [Each in Kind]?: Metadata | undefined };

/** Whether it is at most 8 kB as JSON, as on the wire. */
export function isSmall(metadata: Metadata): boolean {
  return Buffer.byteLength(JSON.stringify(metadata)) <= 8192;
}

/**
 * Merges each kind that is given; a key set to `null` is removed. Refuses what becomes larger
 * than 8 kB.
 *
 * @param merge `mergeKeys`, or `mergeDeep`
 */
export function mergeKinds(
  present: MetadataUpdate,
  update: MetadataUpdate,
  merge: (present: Metadata, update: Metadata) => Metadata,
): { [Each in Kind]?: Metadata } {
  const merged: { [Each in Kind]?: Metadata } = {};
  for (const [kind, field] of Object.entries(kinds) as [Kind, string][]) {
    const given = update[kind];
    if (!given) continue;
    const all = merge(present[kind] ?? {}, given);
    if (!isSmall(all)) {
      throw refuseField(
        'form_param_value_invalid',
        field,
        'With what is there already it is larger than 8 kB. Remove keys by setting them to null.',
      );
    }
    merged[kind] = all;
  }
  return merged;
}

/** One level deep, as for users on the wire. */
export function mergeKeys(present: Metadata, update: Metadata): Metadata {
  const merged = { ...present, ...update };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}

/** At every level, as for organizations and members on the wire. */
export function mergeDeep(present: Metadata, update: Metadata): Metadata {
  const merged: Metadata = { ...present };
  for (const [key, value] of Object.entries(update)) {
    const before = Object.hasOwn(merged, key) ? merged[key] : undefined;
    if (value === null) delete merged[key];
    else
      setOwn(
        merged,
        key,
        isObject(value) ? mergeDeep(isObject(before) ? before : {}, value) : value,
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
