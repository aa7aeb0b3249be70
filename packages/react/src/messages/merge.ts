import type { EntranceMessages, Messages, OutageMessages, RestOfMessages } from './messages.ts';

/** The files of a language as one object: groups that stand in several hold the texts of all. */
export function mergeMessages(
  ...files: readonly [EntranceMessages, OutageMessages, RestOfMessages]
): Messages {
  const merged: Record<string, unknown> = {};
  for (const [key, value] of files.flatMap((file) => Object.entries(file))) {
    const present = merged[key];
    merged[key] = isGroup(present) && isGroup(value) ? { ...present, ...value } : value;
  }
  return merged as unknown as Messages;
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object';
}
