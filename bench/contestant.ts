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

/** The given things in an order that is drawn. */
export function shuffled<Thing>(things: readonly Thing[]): Thing[] {
  const keyed = things.map((thing) => ({ thing, key: Math.random() }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ thing }) => thing);
}
