/** What is measured. */
export const operations = ['issue', 'redeem', 'refresh', 'verify'] as const;
export type Operation = (typeof operations)[number];

/** A running server that does all of {@link operations}. */
export interface Contestant {
  readonly name: string;
  readonly port: number;
  /** So many good requests of an operation; what they need (tickets, sessions) is made here, untimed. */
  prepare(operation: Operation, count: number): Promise<readonly Buffer[]>;
  stop(): Promise<void>;
}
