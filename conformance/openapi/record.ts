import { compareRequest, type Call } from './compare-request.ts';
import { compareAnswer, type Answer, type Difference } from './compare.ts';
import { extensionKey, extensions } from './extensions.ts';
import type { Facts } from './facts.ts';

/** What was seen of one operation, over all its calls. */
export interface Seen {
  statuses: number[];
  /** Differences that no extension explains. */
  differences: Difference[];
  fieldsCompared: number;
}

/** Keeps what the calls of one interface showed, the explained differences apart. */
export interface Recorder {
  readonly facts: Facts;
  readonly seen: ReadonlyMap<string, Seen>;
  /** Published fields that were compared at least once. */
  readonly fields: ReadonlySet<string>;
  /** How often each documented extension was met. */
  readonly extensionsMet: ReadonlyMap<string, number>;
  /** Compares one call and its answer with what is published. */
  add(operationId: string, call: Call, answer: Answer): void;
}

export function createRecorder(facts: Facts): Recorder {
  const seen = new Map<string, Seen>();
  const fields = new Set<string>();
  const extensionsMet = new Map<string, number>();

  function add(operationId: string, call: Call, answer: Answer): void {
    const comparison = compareAnswer(facts, operationId, answer);
    const all = [...compareRequest(facts, operationId, call), ...comparison.differences];
    const entry = seen.get(operationId) ?? { statuses: [], differences: [], fieldsCompared: 0 };
    entry.statuses.push(answer.status);
    entry.fieldsCompared += comparison.fields.length;
    entry.differences.push(...all.filter((each) => !(extensionKey(each) in extensions)));
    seen.set(operationId, entry);
    for (const field of comparison.fields) fields.add(field);
    for (const key of all.map(extensionKey).filter((each) => each in extensions)) {
      extensionsMet.set(key, (extensionsMet.get(key) ?? 0) + 1);
    }
  }

  return { facts, seen, fields, extensionsMet, add };
}
