import { hashSecret } from '../secret.ts';
import { newSecret, type World } from '../world.ts';

/** Who did it: a server of the customer's, a person, somebody who acts as a person, the operator at the machine, or this server by itself. */
export interface Agent {
  readonly kind: 'secret_key' | 'user' | 'actor' | 'operator' | 'server';
  /** The key, or the user; `undefined` where nobody knows. */
  readonly id?: string | undefined;
  /** The network that the call came from. */
  readonly network?: string | undefined;
}

/** The operator at the command line. */
export const operator: Agent = { kind: 'operator' };

/** The server by itself, as the settings say. */
export const byItself: Agent = { kind: 'server' };

/** What may tell of a person. It goes when the user is erased; the line keeps a hash of it. */
export interface Personal {
  readonly network?: string | undefined;
  readonly device?: string | undefined;
  readonly reason?: string | undefined;
  /** Who acts as the user, in the customer's words. */
  readonly actor?: string | undefined;
}

/** One line as it is kept. */
export interface AuditLine {
  /** 1 for the first line ever, and no number is left out. */
  readonly number: number;
  readonly at: number;
  /** What happened, such as `sign_in_token.created`. */
  readonly action: string;
  readonly agentKind: Agent['kind'];
  readonly agentId: string | undefined;
  /** What it happened to. */
  readonly subjectId: string;
  /** The user whom it is about. */
  readonly userId: string | undefined;
  /** More, that tells of nobody. */
  readonly detail: Readonly<Record<string, string | number>>;
  /** `undefined` once it is erased, or where there never was any. */
  readonly personal: Personal | undefined;
  readonly salt: string | undefined;
  /** SHA-256 over salt and personal text: it stays when both are gone, and tells nothing then. */
  readonly commitment: string | undefined;
  /** Where it was drawn, if it waited before it was sealed; see `WaitingLine`. */
  readonly lane?: string | undefined;
  readonly laneNumber?: number | undefined;
  /** When it was drawn, of a line that is bound to the chain by the next one which has no such time. */
  readonly drawnAt?: number | undefined;
  /** HMAC over the line before and this one, or the line's own where `drawnAt` is given. */
  readonly hash: string;
}

/** What a line tells. */
export type AuditFacts = Omit<AuditLine, 'number' | 'lane' | 'laneNumber' | 'drawnAt' | 'hash'>;

/**
 * A line that was written beside others at the same time, or alone, and has no place in the chain
 * yet. Until it is sealed, an HMAC of its own shows that it is right, and its number in a lane of
 * one server that those before it are there.
 */
export interface WaitingLine extends AuditFacts {
  readonly lane: string;
  /** 1 for the first of its lane, and no number is left out. */
  readonly laneNumber: number;
  /** By the clock of its server, microseconds since the epoch: lines are sealed in this order. */
  readonly drawnAt: number;
  readonly mac: string;
}

/** A line to be written with what it tells of; the store gives it its number and its place in the chain. */
export interface AuditEntry {
  readonly line: AuditFacts;
  readonly chainMac: (text: string) => string;
}

/** The last line, authenticated: without it the end of the log could be cut off. */
export interface AuditHead {
  readonly number: number;
  readonly hash: string;
  readonly mac: string;
}

/** The last line that was taken away since its time was over, authenticated: the log begins after it. */
export interface AuditAnchor {
  readonly number: number;
  readonly at: number;
  readonly hash: string;
  readonly mac: string;
}

/** Where a reading of the chain stands: after which line, and all that the next one binds, as one text. */
export type ChainPlace = Pick<AuditLine, 'number' | 'hash'>;

/** How the beginning of the log is taken away. */
export interface AuditCut {
  /** Lines of this time and older, epoch milliseconds. */
  readonly until: number;
  /**
   * A line that says a later time than this was written while a clock was ahead, and nobody knows
   * when. It holds none of the others: it goes with the next one behind it that is old enough.
   */
  readonly now: number;
  /** A line goes only where it is right; a log that was tampered with keeps what shows it. */
  readonly isGenuine: (anchor: AuditAnchor) => boolean;
  readonly isWhole: (line: AuditLine, before: ChainPlace) => boolean;
  /** The line that tells of it. */
  readonly entryFor: (last: Pick<AuditLine, 'number' | 'at'>, count: number) => AuditEntry;
}

export interface AuditFilter {
  readonly userId?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly agentId?: string | undefined;
  readonly action?: string | undefined;
  /** Numbers below this one. */
  readonly cursor?: number | undefined;
}

export interface AuditLogStore {
  /** Newest first. */
  list(filter: AuditFilter, limit: number): Promise<readonly AuditLine[]>;
  /** The lines after this number, oldest first. */
  listAfter(number: number, limit: number): Promise<readonly AuditLine[]>;
  head(): Promise<AuditHead | undefined>;
  /** `undefined` where nothing was ever taken away. */
  anchor(): Promise<AuditAnchor | undefined>;
  /** Takes at most `most` lines away from the beginning, in one transaction; answers how many. */
  cut(cut: AuditCut, most: number): Promise<number>;
  /** How many lines a cut would take away, if all of them are whole. */
  countUntil(cut: Pick<AuditCut, 'until' | 'now'>): Promise<number>;
  /** How many of those stay since one of the first `most` is not whole: 0 where a cut takes them away. */
  countHeld(cut: AuditCut, most: number): Promise<number>;
  /** Binds the lines that wait to the end of the chain, those that were committed before the call. */
  seal(chainMac: AuditEntry['chainMac']): Promise<void>;
}

/** A line about what is being written now. */
export function auditEntry(
  world: Pick<World, 'clock' | 'pepper' | 'randomBytes'>,
  by: Agent,
  what: Pick<AuditLine, 'action' | 'subjectId'> & {
    readonly userId?: string | undefined;
    readonly detail?: AuditLine['detail'];
    readonly personal?: Omit<Personal, 'network'>;
  },
): AuditEntry {
  const told = dropUndefined({ network: by.network, ...what.personal });
  const personal = Object.keys(told).length > 0 ? told : undefined;
  const salt = personal && newSecret(world);
  return {
    chainMac: (text) => chainMac(world, text),
    line: {
      at: world.clock.now(),
      action: what.action,
      agentKind: by.kind,
      agentId: by.id,
      subjectId: what.subjectId,
      userId: what.userId,
      detail: what.detail ?? {},
      personal,
      salt,
      commitment: personal && salt ? commitTo(salt, personal) : undefined,
    },
  };
}

/** HMAC under a key of the instance secret: who has the database alone writes no line. */
export function chainMac(world: Pick<World, 'pepper'>, text: string): string {
  return world.pepper('audit log', text);
}

/** What keeps a personal text honest without telling it. */
export function commitTo(salt: string, personal: Personal): string {
  return hashSecret(`${salt}.${JSON.stringify(personal)}`);
}

/** What the hash of a line covers that stands at a place. */
export function hashedText(line: Omit<AuditLine, 'hash'>, { hash }: ChainPlace): string {
  return line.drawnAt === undefined ? chainText(line, hash) : waitingText(line);
}

/** The place after a line. */
export function placeAfter(
  line: Pick<AuditLine, 'number' | 'drawnAt' | 'hash'>,
  before: ChainPlace,
): ChainPlace {
  const { number, drawnAt, hash } = line;
  return drawnAt === undefined ? { number, hash } : placeAfterUnbound(line, before);
}

/** The place after a line that is not bound yet: its hash is there for the next line to bind. */
export function placeAfterUnbound(
  { number, hash }: Pick<AuditLine, 'number' | 'hash'>,
  before: ChainPlace,
): ChainPlace {
  return { number, hash: `${before.hash} ${hash}` };
}

/** All of a line, and what it binds. */
function chainText(line: Omit<AuditLine, 'hash'>, hashBefore: string): string {
  const { number, lane, laneNumber } = line;
  const isDrawn = lane !== undefined || laneNumber !== undefined;
  const drawn = isDrawn ? [lane ?? null, laneNumber ?? null] : [];
  return JSON.stringify([hashBefore, number, ...coveredFacts(line), ...drawn]);
}

/** What a line's own HMAC covers: that of one that waits, or waited. */
export function waitingText(line: Omit<WaitingLine, 'mac'> | Omit<AuditLine, 'hash'>): string {
  const { lane, laneNumber, drawnAt } = line;
  return JSON.stringify(['waiting', lane, laneNumber, drawnAt, ...coveredFacts(line)]);
}

function coveredFacts(line: AuditFacts): unknown[] {
  const { at, action, agentKind, agentId, subjectId, userId, detail, commitment } = line;
  const covered = [at, action, agentKind, agentId, subjectId, userId, detail, commitment];
  return covered.map((value) => value ?? null);
}

/** What the head's own MAC covers. */
export function headText({ number, hash }: Pick<AuditHead, 'number' | 'hash'>): string {
  return JSON.stringify(['head', number, hash]);
}

/** What the anchor's own MAC covers. */
export function anchorText({ number, at, hash }: Omit<AuditAnchor, 'mac'>): string {
  return JSON.stringify(['anchor', number, at, hash]);
}

/** What stands before the first line ever. */
export const chainStart: ChainPlace = { number: 0, hash: 'willcall' };

function dropUndefined(personal: Personal): Personal {
  return Object.fromEntries(Object.entries(personal).filter(([, value]) => value !== undefined));
}
