import type { NumberedTable } from './blocks.ts';

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
  /** Where each round trip costs something: runs statements, of which none needs what another did, in few. */
  runAll?(statements: readonly Statement[]): Promise<void>;
  /** Where the job shares its transaction with none: the place of a row that must be missed if it goes. */
  draw?(): Draw;
  /** Where rows are numbered as they are written: the block of the next one of a table, as SQL. Else it is 0. */
  nextBlock?(table: NumberedTable): string;
  /** Where jobs share a transaction: does this after all of them, before the commit. */
  atEnd?(work: () => Promise<void>): void;
}

/** A number that a transaction drew. Those of one lane whose transactions were committed leave none out. */
export interface Draw {
  readonly lane: string;
  /** 1 for the first of its lane. */
  readonly number: number;
  /** When it was drawn, in microseconds since the epoch; two of one process differ. */
  readonly drawnAt: number;
}

/** A statement and its values. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** A statement of several that are run together: it changes a row, adds one, or finds one. */
export interface Step<Outcome extends string> extends Statement {
  /** Where this one must change, or find, exactly one row: what it means that it did not, and nothing is done. */
  readonly otherwise?: Outcome;
  /** Of a statement that changes a row: its id, since others may change it at the same time. */
  readonly row?: string;
}

/** A step that adds a row with the number which its transaction draws. */
export interface NumberedStep {
  readonly sql: string;
  readonly valuesAt: (place: Draw) => readonly SqlValue[];
}

/** What is run together. */
export type Steps<Outcome extends string> = readonly (Step<Outcome> | NumberedStep)[];

/** How a job is run. */
export interface WriteOptions {
  /** It may take long (a step of the schema, an import), and is not cut off. Default `false`. */
  readonly isLong?: boolean;
  /**
   * It changes the schema: it fails where it would have to wait for others, since whoever comes
   * later would wait behind it. Default `false`.
   */
  readonly changesSchema?: boolean;
  /**
   * Each of its statements sees what was committed before it, and waits for who writes the same
   * rows: it sees to it by itself that it is right among others. Default `false`.
   */
  readonly isReadCommitted?: boolean;
}

/**
 * A database. Store code is written once over it, in SQL that every engine runs, with `?` for
 * each value. It awaits nothing but its transaction, so that an embedded database can run it
 * without letting anything else in between.
 */
export interface Engine extends Reader {
  /**
   * As `all`, for whoever has much to do with the rows before it answers: each goes on with its own
   * before the next one reads. Those that read in one turn by `all` go on step by step together.
   */
  allApart(sql: string, ...values: SqlValue[]): Promise<Row[]>;
  /** Whether other processes may serve the same database at the same time. */
  readonly isShared: boolean;
  /**
   * Runs a job in a transaction, as if no other ran at that time. When it resolves, the commit
   * is on disk; when it rejects, nothing of it is, unless the database went away during the
   * commit itself. A job may run again, after one that got in its way or failed beside it: it
   * does nothing that its transaction would not undo.
   */
  write<Result>(job: (tx: Transaction) => Promise<Result>, options?: WriteOptions): Promise<Result>;
  /**
   * Of a shared database: runs statements in one go, in a transaction of their own, or in that of
   * others who come at the same time with statements of the same texts. Each changes rows that no
   * other of them changes: it waits for whoever writes them, and judges them as they are then. One
   * that only finds a row judges it as it was at the beginning. Answers what it means that one
   * changed or found no row, and `undefined` when all is done. Where the answer is lost nobody
   * knows, and it rejects.
   */
  readonly runTogether?: <Outcome extends string>(
    steps: Steps<Outcome>,
  ) => Promise<Outcome | undefined>;
  /** Of a shared database: what its clock says, epoch milliseconds. */
  readonly now?: () => Promise<number>;
  /**
   * Of a shared database: runs one statement that adds to counters and answers their rows, by
   * itself, since nothing was read before it. Where a connection breaks it may be done twice.
   */
  readonly count?: (sql: string, ...values: SqlValue[]) => Promise<Row[]>;
  /**
   * Reads of one moment, however long they take and whatever is written meanwhile. It holds nobody
   * up. While it lasts, a shared database keeps what was changed since; an embedded one is copied
   * first. Nothing is run again.
   */
  snapshot<Result>(read: (reader: Reader) => Promise<Result>): Promise<Result>;
  /** Answers when it can be read and written. Throws `StoreUnavailable`, and tries once. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
