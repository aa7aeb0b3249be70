/** What a statement takes. Booleans are 0 and 1, times epoch milliseconds, JSON is text. */
export type SqlValue = string | number | null;

/** One row, its columns by name. */
export type Row = Record<string, SqlValue>;

/** Reads, each statement by itself. */
export interface Reader {
  get(sql: string, ...values: SqlValue[]): Promise<Row | undefined>;
  all(sql: string, ...values: SqlValue[]): Promise<Row[]>;
}

/** Reads and writes of one transaction. */
export interface Transaction extends Reader {
  /** Runs a statement; answers how many rows it changed. */
  run(sql: string, ...values: SqlValue[]): Promise<number>;
}

/**
 * A database. Store code is written once over it, in SQL that every engine runs, with `?` for
 * each value. It awaits nothing but its transaction, so that an embedded database can run it
 * without letting anything else in between.
 */
export interface Engine extends Reader {
  /** Whether other processes may serve the same database at the same time. */
  readonly isShared: boolean;
  /**
   * Runs a job in a transaction, as if no other ran at that time. When it resolves, the commit
   * is on disk; when it rejects, nothing of it is, unless the database went away during the
   * commit itself. A shared database may run a job again that got in another's way: it does
   * nothing that its transaction would not undo. A long one (a step of the schema) is not cut off.
   */
  write<Result>(
    job: (tx: Transaction) => Promise<Result>,
    options?: { readonly isLong?: boolean },
  ): Promise<Result>;
  /**
   * Of a shared database: runs one statement that adds to counters and answers their rows, by
   * itself, since nothing was read before it. Where a connection breaks it may be done twice.
   */
  readonly count?: (sql: string, ...values: SqlValue[]) => Promise<Row[]>;
  /** Answers when it can be read and written. Throws `StoreUnavailable`, and tries once. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
