/** The rows of the tables, by the names of these. */
export type Dump = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** What the thread that reads says to a question. */
export interface DumpAnswer {
  /** 1 for the first. */
  readonly question: number;
  readonly answer?: Dump | undefined;
  readonly error?: string;
}

/**
 * A refusal leaves its note and its audit line when nobody waits for them any more, one row is
 * written for the work's sake and says nothing, and the lease is of one engine alone.
 */
const leftOut = [
  'nobody',
  'refused_redemptions',
  'audit_log',
  'audit_head',
  'audit_tail',
  'migration_lease',
];

/** The condition on the name of a table by which it is in a dump. */
export function isDumped(column: string): string {
  return `${column} NOT IN (${leftOut.map((name) => `'${name}'`).join(', ')})`;
}
