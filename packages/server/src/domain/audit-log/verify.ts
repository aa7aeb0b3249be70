import { equalHashes } from '../secret.ts';
import type { World } from '../world.ts';
import {
  type AuditHead,
  type AuditLine,
  chainMac,
  chainStart,
  chainText,
  commitTo,
  headText,
} from './audit-log.ts';

/** What a reading of the whole log found. */
export interface AuditReport {
  /** Lines that were read. */
  readonly count: number;
  /** The hash of the last line, to be kept elsewhere. */
  readonly head: string | undefined;
  /** What is wrong, at which line; empty for a whole log. */
  readonly problems: readonly string[];
}

const page = 1000;

/**
 * Reads every line and finds what was changed, removed, put in, put elsewhere or cut off. Whoever
 * can put an old copy of the whole database in place of the new one is found by `expected`, a
 * head that was kept elsewhere.
 */
export async function verifyAuditLog(world: World, expected?: string): Promise<AuditReport> {
  const problems: string[] = [];
  const erased: AuditLine[] = [];
  const deletedAt = new Map<string, number>();
  let last = { number: 0, hash: chainStart };
  let isExpectedSeen = expected === undefined;
  for (;;) {
    const lines = await world.store.auditLog.listAfter(last.number, page);
    for (const line of lines) {
      problems.push(...judgeLine(world, line, last));
      if (line.action === 'user.deleted') deletedAt.set(line.subjectId, line.number);
      if (line.commitment !== undefined && line.personal === undefined) erased.push(line);
      if (line.hash === expected) isExpectedSeen = true;
      last = line;
    }
    if (lines.length < page) break;
  }
  problems.push(...judgeErased(erased, deletedAt));
  problems.push(...judgeHead(world, await world.store.auditLog.head(), last));
  if (!isExpectedSeen) problems.push('The head that was expected is not in the log.');
  return { count: last.number, head: last.number === 0 ? undefined : last.hash, problems };
}

function judgeLine(
  world: World,
  line: AuditLine,
  before: Pick<AuditLine, 'number' | 'hash'>,
): readonly string[] {
  const { number, personal, salt, commitment } = line;
  if (number !== before.number + 1)
    return [`Line ${before.number + 1} is missing; the next one is ${number}.`];
  if (!equalHashes(chainMac(world, chainText(line, before.hash)), line.hash))
    return [`Line ${number} was changed, or does not follow the line before.`];
  if (personal === undefined && salt === undefined) return [];
  const isKept = personal !== undefined && salt !== undefined && commitment !== undefined;
  return isKept && equalHashes(commitTo(salt, personal), commitment)
    ? []
    : [`What line ${number} tells of a person was changed.`];
}

/** A line may be without what it told of a person only where that person was deleted later. */
function judgeErased(
  erased: readonly AuditLine[],
  deletedAt: ReadonlyMap<string, number>,
): readonly string[] {
  const isExplained = ({ number, userId, agentId }: AuditLine) =>
    [userId, agentId].some((id) => (deletedAt.get(id ?? '') ?? 0) > number);
  return erased
    .filter((line) => !isExplained(line))
    .map(({ number }) => `What line ${number} told of a person was removed.`);
}

function judgeHead(
  world: World,
  head: AuditHead | undefined,
  last: Pick<AuditLine, 'number' | 'hash'>,
): readonly string[] {
  if (!head) return ['The log has no head: it was removed, or nothing was ever written.'];
  if (!equalHashes(chainMac(world, headText(head)), head.mac)) return ['The head was changed.'];
  if (head.number !== last.number || head.hash !== last.hash)
    return [`The log ends at line ${last.number}; its head says ${head.number}.`];
  return [];
}
