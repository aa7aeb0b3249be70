import { equalHashes } from '../secret.ts';
import type { World } from '../world.ts';
import {
  type AuditAnchor,
  type AuditHead,
  type AuditLine,
  anchorText,
  chainMac,
  type ChainPlace,
  chainStart,
  commitTo,
  hashedText,
  headText,
  placeAfter,
} from './audit-log.ts';

/** What a reading of the whole log found. */
export interface AuditReport {
  /** Lines that were read. */
  readonly count: number;
  /** The first of them; those before it were taken away since their time was over. */
  readonly since: { readonly number: number; readonly at: number } | undefined;
  /** The hash of the last line, to be kept elsewhere. */
  readonly head: string | undefined;
  /** What is wrong, at which line; empty for a whole log. */
  readonly problems: readonly string[];
}

const page = 1000;

/** How often it is read on at most for lines that tell why others were erased. */
const mostRounds = 20;

/** Binds to the chain what waits; a server does so regularly, and whoever reads the log before. */
export function sealAuditLog(world: Pick<World, 'store' | 'pepper'>): Promise<void> {
  return world.store.auditLog.seal((text) => chainMac(world, text));
}

/**
 * Reads every line and finds what was changed, removed, put in, put elsewhere or cut off. Whoever
 * puts an old copy of the database, or of the log and its head alone, in place of the new one is
 * found by `expected`, a head that was kept elsewhere. A server may write lines, erase what they
 * tell of a person, and take old ones away, meanwhile.
 */
export async function verifyAuditLog(world: World, expected?: string): Promise<AuditReport> {
  await sealAuditLog(world);
  const { auditLog } = world.store;
  let headBefore = await auditLog.head();
  const anchor = await auditLog.anchor();
  const problems = [
    ...judgeAnchor(world, anchor),
    ...judgeFirst((await auditLog.listAfter(Number.MIN_SAFE_INTEGER, 1))[0], anchor),
  ];
  const lanes = new Map<string, number>();
  const erased: ErasedLine[] = [];
  const deletions = new Map<string, Deletion>();
  const seen = new Set<string>();
  let start: ChainPlace = anchor ?? chainStart;
  let first: AuditReport['since'];
  let last = start;
  for (let round = 0, sealedAt = start.number; ;) {
    const lines = await auditLog.listAfter(last.number, page);
    const moved = await findMoved(world, lines[0], last);
    if (moved) {
      first = undefined;
      last = start = moved;
      lanes.clear();
      erased.length = 0;
      headBefore = await auditLog.head();
      continue;
    }
    for (const line of lines) {
      problems.push(...judgeLine(world, line, last), ...judgeLane(line, lanes, start));
      if (tellsOfErasure.has(line.action))
        deletions.set(line.subjectId, { number: line.number, at: line.at });
      if (line.commitment !== undefined && line.personal === undefined)
        erased.push(noteErased(line));
      if (line.hash === expected || line.hash === headBefore?.hash) seen.add(line.hash);
      first ??= { number: line.number, at: line.at };
      last = placeAfter(line, last);
    }
    if (lines.length === page) continue;
    // An erasure is seen at once, the deletion that explains it when it is sealed.
    const isAwaited = findUnexplained(erased, deletions).some(({ number }) => number > sealedAt);
    if (!isAwaited || round === mostRounds) break;
    round += 1;
    sealedAt = last.number;
    await sealAuditLog(world);
  }
  problems.push(
    ...findUnexplained(erased, deletions).map(
      ({ number }) => `What line ${number} told of a person was removed.`,
    ),
  );
  const heads = { before: headBefore, after: await auditLog.head() };
  problems.push(...judgeHeads(world, heads, last, seen));
  if (expected !== undefined && !seen.has(expected))
    problems.push(
      anchor
        ? `The head that was expected is not in the log, which begins after line ${anchor.number}.`
        : 'The head that was expected is not in the log.',
    );
  return {
    count: last.number - start.number,
    since: first,
    head: last.number === 0 ? undefined : last.hash,
    problems,
  };
}

/** Where the log begins now, if what follows the last line was taken away while others were read. */
async function findMoved(
  world: World,
  next: AuditLine | undefined,
  last: ChainPlace,
): Promise<AuditAnchor | undefined> {
  if (!next || next.number === last.number + 1) return undefined;
  const anchor = await world.store.auditLog.anchor();
  const isMoved = anchor && anchor.number > last.number && isGenuineAnchor(world, anchor);
  return isMoved ? anchor : undefined;
}

/** What is wrong with a line that comes after another. */
export function judgeLine(world: World, line: AuditLine, before: ChainPlace): readonly string[] {
  const { number, personal, salt, commitment } = line;
  if (number !== before.number + 1)
    return [`Line ${before.number + 1} is missing; the next one is ${number}.`];
  if (!equalHashes(chainMac(world, hashedText(line, before)), line.hash))
    return [`Line ${number} was changed, or does not follow the line before.`];
  if (personal === undefined && salt === undefined) return [];
  const isKept = personal !== undefined && salt !== undefined && commitment !== undefined;
  return isKept && equalHashes(commitTo(salt, personal), commitment)
    ? []
    : [`What line ${number} tells of a person was changed.`];
}

/** Whether who has the instance secret said that the log begins there. */
export function isGenuineAnchor(world: World, anchor: AuditAnchor): boolean {
  return equalHashes(chainMac(world, anchorText(anchor)), anchor.mac);
}

function judgeAnchor(world: World, anchor: AuditAnchor | undefined): readonly string[] {
  if (!anchor || isGenuineAnchor(world, anchor)) return [];
  return ['Where the log begins was changed.'];
}

/** Nothing stands before the first line, and nothing that was taken away comes back. */
function judgeFirst(
  line: AuditLine | undefined,
  anchor: AuditAnchor | undefined,
): readonly string[] {
  const { number } = anchor ?? chainStart;
  return line && line.number <= number
    ? [`Line ${line.number} was put in: the log begins after line ${number}.`]
    : [];
}

/** A server that ran numbered its lines as it wrote them; what was taken away before it was sealed is missing there. */
function judgeLane(
  { number, lane, laneNumber = 0 }: AuditLine,
  lanes: Map<string, number>,
  start: ChainPlace,
): readonly string[] {
  if (lane === undefined) return [];
  // The first ones may have gone with the beginning of the log.
  const before = lanes.get(lane) ?? (start.number === 0 ? 0 : laneNumber - 1);
  lanes.set(lane, laneNumber);
  if (laneNumber === before + 1) return [];
  return [
    laneNumber > before
      ? `Before line ${number}, ${laneNumber - before - 1} of its server are missing.`
      : `Line ${number} was put in: its server wrote it earlier.`,
  ];
}

/** What is written of a user whose lines are emptied. One with many is emptied before it is deleted. */
const tellsOfErasure: ReadonlySet<string> = new Set(['user.deletion_begun', 'user.deleted']);

/** Where the log tells that a user was deleted. */
type Deletion = Pick<AuditLine, 'number' | 'at'>;

/** A line that is without what it told of a person. There may be as many as lines. */
interface ErasedLine extends Pick<AuditLine, 'number' | 'at' | 'userId' | 'agentId'> {
  /** Whether it waited before it was sealed. */
  readonly hasWaited: boolean;
}

function noteErased({ number, at, userId, agentId, lane }: AuditLine): ErasedLine {
  return { number, at, userId, agentId, hasWaited: lane !== undefined };
}

/**
 * A line may be without what it told of a person only where that person was deleted later. Lines
 * that waited stand in the order of their servers' clocks, which differ: there the times count.
 */
function findUnexplained(
  erased: readonly ErasedLine[],
  deletions: ReadonlyMap<string, Deletion>,
): readonly ErasedLine[] {
  return erased.filter(
    ({ number, at, userId, agentId, hasWaited }) =>
      ![userId, agentId].some((id) => {
        const deletion = deletions.get(id ?? '');
        if (!deletion || deletion.number === number) return false;
        return deletion.number > number || (hasWaited && deletion.at >= at);
      }),
  );
}

/** The end must be reached that the head told before the lines were read, and the head must tell the end by now. */
function judgeHeads(
  world: World,
  { before, after }: { before: AuditHead | undefined; after: AuditHead | undefined },
  last: ChainPlace,
  seen: ReadonlySet<string>,
): readonly string[] {
  if (!before || !after)
    return ['The log has no head: it was removed, or nothing was ever written.'];
  const isGenuine = [before, after].every((head) =>
    equalHashes(chainMac(world, headText(head)), head.mac),
  );
  if (!isGenuine) return ['The head was changed.'];
  const isReached = before.number <= last.number && seen.has(before.hash);
  const isTold = after.number > last.number || after.hash === last.hash;
  if (!isReached || after.number < last.number || !isTold)
    return [`The log ends at line ${last.number}; its head says ${after.number}.`];
  return [];
}
