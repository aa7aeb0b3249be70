/** Why a fence was raised. */
export type FenceReason = 'operator' | 'restore' | 'import' | 'rolled_back' | 'timeline';

/**
 * How far the history of an instance has come. Whatever was issued or opened before the last
 * raise counts no more.
 */
export interface Fence {
  /** 1 for an instance whose fence was never raised. It only grows. */
  readonly epoch: number;
  /** Moves on at each start, each stop, and while there is something to write. It only grows. */
  readonly mark: number;
}

/** One raise of the fence. */
export interface FenceRaise {
  /** The epoch that began with it. */
  readonly epoch: number;
  readonly reason: FenceReason;
  readonly raisedAt: number;
}

/** What a raise ended. */
export interface RaisedFence extends Fence {
  readonly endedTickets: number;
  readonly endedSessions: number;
}

export interface FenceStore {
  find(): Promise<Fence>;
  /** The last raise; `undefined` when there was none. */
  findRaise(): Promise<FenceRaise | undefined>;
  /**
   * Ends every pending ticket of every kind, every live session, every sign-in and sign-up
   * under way, and every code that hands a session over, in one transaction with the new
   * epoch. What is written afterwards is of the new epoch.
   *
   * @param raise `above`: where the history is known to have been; the new one is further
   */
  raise(raise: {
    readonly reason: FenceReason;
    readonly now: number;
    readonly above?: Fence | undefined;
  }): Promise<RaisedFence>;
  /** Moves the mark on by one. */
  advance(): Promise<Fence>;
}

/** The further one of two histories, part by part. */
export function furthest(one: Fence, other: Fence | undefined): Fence {
  return {
    epoch: Math.max(one.epoch, other?.epoch ?? 0),
    mark: Math.max(one.mark, other?.mark ?? 0),
  };
}
