/** So many calls of one kind within a time that begins with the first of them. */
export interface Limit {
  /** What is counted together. */
  readonly key: string;
  readonly calls: number;
  /** Milliseconds. */
  readonly window: number;
}

/** Calls that somebody wants to make. */
export interface Wanted {
  /** What is limited. It names nobody: a hash where it is about a person. */
  readonly id: string;
  readonly calls: number;
  /** When the window ends that begins now, if none is open. Epoch milliseconds. */
  readonly endsAt: number;
}

/** How many calls everybody together has wanted in the window that is open. */
export interface Tally {
  readonly id: string;
  readonly calls: number;
  readonly endsAt: number;
}

/** Where the processes that serve an instance count together. */
export interface RateLimitStore {
  /** Whether others count here as well. A process alone is told what it wanted, and nothing is written. */
  readonly isShared: boolean;
  /**
   * Adds calls to the windows that are open at `now`, or opens them. Each id once.
   *
   * @returns the tally of each, in any order
   */
  add(wanted: readonly Wanted[], now: number): Promise<readonly Tally[]>;
}

/** Hands out permits to make calls. */
export interface Permits {
  /**
   * Takes one of each limit, the first one first, or none where one of them is reached. Answers 0,
   * or after how many milliseconds there may be one again.
   */
  take(limits: readonly Limit[]): Promise<number>;
}
