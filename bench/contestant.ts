/** What is measured. */
export const operations = ['issue', 'redeem', 'refresh', 'verify'] as const;
export type Operation = (typeof operations)[number];

/** A running server that does all of {@link operations}, or those that it names. */
export interface Contestant {
  readonly name: string;
  readonly port: number;
  /** The server's process, whose processor time and memory are read. */
  readonly pid: number;
  /** A text that every good answer holds, and no other. */
  readonly marks: Readonly<Record<Operation, string>>;
  /** Default: all. */
  readonly operations?: readonly Operation[];
  /** So many good requests of an operation; what they need (tickets, sessions) is made here, untimed. */
  prepare(operation: Operation, count: number): Promise<readonly Buffer[]>;
  /** The session token in an answer. No two signatures give the same one. */
  readToken?(operation: 'redeem' | 'refresh', body: Buffer): string;
  stop(): Promise<void>;
}

/** So many of the given things, in turns. */
export function turns<Thing>(count: number, things: readonly Thing[]): Thing[] {
  return Array.from({ length: count }, (_, at) => things[at % things.length] as Thing);
}

/** The given things in an order that is drawn, or so many of them at the most. */
export function shuffled<Thing>(things: readonly Thing[], most = things.length): Thing[] {
  const left = [...things];
  const wanted = Math.min(left.length, most);
  for (let at = 0; at < wanted; at += 1) {
    const other = at + Math.floor(Math.random() * (left.length - at));
    [left[at], left[other]] = [left[other] as Thing, left[at] as Thing];
  }
  return left.slice(0, wanted);
}
