import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreUnavailable } from '../domain/store.ts';
import { blockSize, type NumberedTable } from './blocks.ts';
import type { Engine, Reader, Row, SqlValue, Transaction } from './engine.ts';
import { type Lane, openLanes } from './lanes.ts';
import { openCopy } from './sqlite-copy.ts';
import { primaryCode } from './sqlite-errors.ts';
import { watchWrites } from './sqlite-writability.ts';

interface Job {
  readonly run: (tx: Transaction) => Promise<unknown>;
  readonly resolve: (result: never) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * The embedded database: one file, write-ahead log, a sync to disk at each commit. Writes
 * that arrive together share one commit (a sync costs more than all their statements).
 * Where one of them fails all are run again, each in a savepoint, so that it fails alone.
 * Reads never see a transaction that is not yet committed: while one is open they go through
 * another connection. Otherwise they take the writing one, whose pages are in memory, while a
 * commit empties the memory of all others.
 */
export function openSqlite(path: string): Engine {
  const writing = connect(path, false);
  // Who waits for another process inside of the driver holds everybody up: see `beginWhenFree`.
  writing.exec('PRAGMA busy_timeout = 0');
  const reading = connect(path, true);
  const transaction = transactionOf(writing);
  const beside = readerOf(reading);
  const reader = () => (writing.isOpen && writing.isTransaction ? beside : transaction);
  const control = controlOf(writing);
  let turn: Promise<void> | undefined;
  let waiting: Job[] = [];
  let isScheduled = false;
  let flushing: Promise<void> = Promise.resolve();
  const writability = watchWrites(write);

  /**
   * The end of this turn's input. Where calls come together their answers then go together: one by
   * one, client and server would wake each other for every call.
   */
  function endOfTurn(): Promise<void> {
    turn ??= new Promise((resolve) => {
      setImmediate(() => {
        turn = undefined;
        resolve();
      });
    });
    return turn;
  }

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    gather(1, turnsToWait);
  }

  /** After this turn's input, and that of the next turns where it brought more: what came with it is in the queue. */
  function gather(known: number, turnsLeft: number): void {
    setImmediate(() => {
      if (turnsLeft > 0 && waiting.length > known) return gather(waiting.length, turnsLeft - 1);
      flushing = flushing.then(async () => {
        isScheduled = false;
        const batch = waiting;
        waiting = [];
        await commitBatch(control, transaction, batch);
      });
    });
  }

  function write<Result>(run: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const written = new Promise<Result>((resolve, reject) => {
      waiting.push({ run, resolve, reject });
      schedule();
    });
    written.catch(writability.note);
    return written;
  }

  return {
    async get(sql, ...values) {
      await endOfTurn();
      return reader().get(sql, ...values);
    },
    async all(sql, ...values) {
      await endOfTurn();
      return reader().all(sql, ...values);
    },
    async allApart(sql, ...values) {
      await new Promise(setImmediate);
      return reader().all(sql, ...values);
    },
    isShared: false,
    write,
    async snapshot(read) {
      // A transaction that lasts would keep all that is written meanwhile in the log.
      const own = await openCopy(path, (copy) => connect(copy, true));
      try {
        return await read(readerOf(own));
      } finally {
        own.close();
      }
    },
    async ping() {
      await beside.get('SELECT 1 AS one');
      await writability.ask();
    },
    async close() {
      // Behind the reads of this turn.
      await new Promise(setImmediate);
      while (isScheduled || waiting.length > 0) await new Promise(setImmediate);
      await flushing;
      reading.close();
      writing.close();
    },
  };
}

/**
 * For how many turns of the event loop a batch that still grows is left open. Where calls keep
 * coming a commit has more of them; a call that is alone at the end of its turn waits for none.
 */
const turnsToWait = 2;

/** What a page of a new database holds, in bytes. */
const pageBytes = 4096;

/**
 * How many pages the log holds before what it says is brought to the database: 16 MiB. A page that
 * was changed many times is brought there once, while a longer log would hold up longer whoever
 * commits then.
 */
const checkpointPages = 4000;

/**
 * How long the log may stay once all of it is in the database, in bytes: twice that many pages. One
 * that grew while somebody read for long gives its room back.
 */
const keptLogBytes = 2 * checkpointPages * pageBytes;

/** Reads an embedded database whose schema is there, on a connection of its own. */
export function openSqliteReader(path: string): Reader {
  return readerOf(connect(path, true));
}

function connect(path: string, readOnly: boolean): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly, timeout: 5000 });
  if (!readOnly) {
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = ${checkpointPages}; PRAGMA journal_size_limit = ${keptLogBytes};`,
    );
  }
  const kibibytes = readOnly ? 32_000 : writingCache(database);
  database.exec(
    `PRAGMA foreign_keys = ON; PRAGMA cache_size = -${kibibytes}; PRAGMA temp_store = MEMORY;`,
  );
  return database;
}

/**
 * How much of the database the connection that writes keeps in memory, in KiB. Where a commit has
 * divided a page in the middle of an index it looks at each page that is kept, for one behind the end
 * of the file: the parts were put in order by way of the page at 1 GiB. A file that goes further is
 * spared that. What is not kept comes from the memory of the system, in 2 µs for each page.
 */
function writingCache(database: DatabaseSync): number {
  const { page_count: pages } = database.prepare('PRAGMA page_count').get() ?? {};
  return Number(pages) * pageBytes > 2 ** 30 ? 64_000 : 8000;
}

interface Control {
  readonly nextLane: () => Lane;
  readonly begin: () => Promise<void>;
  readonly save: () => unknown;
  readonly release: () => unknown;
  readonly undo: () => unknown;
  /** Does nothing where an error of the disk has ended the transaction already. */
  readonly rollback: () => unknown;
  readonly commit: () => unknown;
  readonly isActive: () => boolean;
}

/** What frames the jobs of a batch, prepared once: a batch says it for each of them. */
function controlOf(database: DatabaseSync): Control {
  const prepared = (sql: string) => {
    const statement = database.prepare(sql);
    return () => statement.run();
  };
  const isActive = () => database.isOpen && database.isTransaction;
  const begin = prepared('BEGIN IMMEDIATE');
  const rollback = prepared('ROLLBACK');
  return {
    nextLane: openLanes(),
    begin: () => beginWhenFree(begin),
    save: prepared('SAVEPOINT job'),
    release: prepared('RELEASE job'),
    undo: prepared('ROLLBACK TO job'),
    rollback: () => isActive() && rollback(),
    commit: prepared('COMMIT'),
    isActive,
  };
}

/** How long a batch waits for a command that writes beside the server. Milliseconds. */
const patience = 5000;

/** Begins once nobody else writes. Reads are answered meanwhile. */
async function beginWhenFree(begin: () => unknown): Promise<void> {
  const until = performance.now() + patience;
  for (;;) {
    try {
      begin();
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error;
    }
    await pause(5);
  }
}

function isBusy(error: unknown): boolean {
  return primaryCode(error) === 5;
}

async function commitBatch(
  control: Control,
  tx: Transaction,
  batch: readonly Job[],
): Promise<void> {
  let settlements: readonly (() => void)[];
  try {
    await control.begin();
    settlements = (await runTogether(tx, batch)) ?? (await runApart(control, tx, batch));
    control.commit();
  } catch (error) {
    control.rollback();
    for (const job of batch) job.reject(explain(error));
    return;
  }
  for (const settle of settlements) settle();
}

/**
 * Runs jobs of which none fails; answers what to tell their callers once the batch is on disk.
 * `undefined` where one failed, and for a single job, which is better run apart at once. A
 * savepoint for each job would cost a copy of every page that it changes.
 */
async function runTogether(
  tx: Transaction,
  batch: readonly Job[],
): Promise<(() => void)[] | undefined> {
  if (batch.length === 1) return undefined;
  const settlements: (() => void)[] = [];
  const ends: (() => Promise<void>)[] = [];
  const shared: Transaction = { ...tx, atEnd: (work) => void ends.push(work) };
  try {
    for (const job of batch) {
      const result = (await job.run(shared)) as never;
      settlements.push(() => job.resolve(result));
    }
    for (const work of ends) await work();
    return settlements;
  } catch {
    return undefined;
  }
}

/** Runs jobs so that one that fails does so alone. */
async function runApart(
  control: Control,
  tx: Transaction,
  batch: readonly Job[],
): Promise<(() => void)[]> {
  if (batch.length > 1) await restart(control);
  const settlements: (() => void)[] = [];
  for (const job of batch) settlements.push(await runJob(control, tx, job, batch.length > 1));
  return settlements;
}

async function restart(control: Control): Promise<void> {
  control.rollback();
  await control.begin();
}

/**
 * Runs one job; answers what to tell its caller once the batch is on disk. One that is alone pays
 * for every page that it writes: what can go to its place later, with others, is numbered by it.
 */
async function runJob(
  control: Control,
  tx: Transaction,
  job: Job,
  isShared: boolean,
): Promise<() => void> {
  const lane = isShared ? undefined : control.nextLane();
  if (isShared) control.save();
  try {
    const result = (await job.run(lane ? { ...tx, draw: () => lane.draw() } : tx)) as never;
    if (isShared) control.release();
    return () => {
      lane?.keep();
      job.resolve(result);
    };
  } catch (error) {
    // With its transaction all that the jobs before it did is gone.
    if (!control.isActive()) throw error;
    if (isShared) {
      control.undo();
      control.release();
    } else {
      // What a savepoint takes back is written and synced all the same.
      await restart(control);
    }
    return () => {
      lane?.undo();
      job.reject(explain(error));
    };
  }
}

function readerOf(database: DatabaseSync): Reader {
  const prepare = statementCache(database);
  return {
    get: async (sql, ...values) =>
      explained(() => {
        const prepared = prepare(sql);
        const found = prepared.statement.get(...values);
        return found && toRow(prepared, found);
      }),
    all: async (sql, ...values) =>
      explained(() => {
        const prepared = prepare(sql);
        return prepared.statement.all(...values).map((found) => toRow(prepared, found));
      }),
  };
}

/** A row from its bare values. The driver would write the name of each column anew for each row. */
function toRow(prepared: Prepared, found: unknown): Row {
  const values = found as SqlValue[];
  // A step of the schema gave a table that is read with `*` another column.
  if (values.length !== prepared.columns.length) prepared.columns = columnsOf(prepared.statement);
  const row: Row = {};
  for (let at = 0; at < values.length; at += 1) {
    row[prepared.columns[at] as string] = values[at] as SqlValue;
  }
  return row;
}

function columnsOf(statement: StatementSync): readonly string[] {
  return statement.columns().map(({ name }) => name);
}

function explained<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw explain(error);
  }
}

/** Busy, locked, read-only, input/output, corrupt, full, cannot open, no database: sqlite.org/rescode.html. */
const unavailableCodes = new Set([5, 6, 8, 10, 11, 13, 14, 26]);

/** Tells a database that does not work from a statement that is wrong. */
export function explain(error: unknown): unknown {
  const isClosed = (error as { code?: unknown }).code === 'ERR_INVALID_STATE';
  return isClosed || unavailableCodes.has(primaryCode(error) ?? 0)
    ? new StoreUnavailable('the database does not work', { cause: error })
    : error;
}

function transactionOf(database: DatabaseSync): Transaction {
  const prepare = statementCache(database);
  return {
    ...readerOf(database),
    run: async (sql, ...values) => Number(prepare(sql).statement.run(...values).changes),
    nextBlock: (table) => nextBlocks[table],
  };
}

const nextBlockOf = (table: NumberedTable) =>
  `(SELECT COALESCE(max(rowid), 0) / ${blockSize} FROM ${table})`;

/** By the number that SQLite gives each row. */
const nextBlocks: Readonly<Record<NumberedTable, string>> = {
  sessions: nextBlockOf('sessions'),
  sign_in_tokens: nextBlockOf('sign_in_tokens'),
};

interface Prepared {
  readonly statement: StatementSync;
  /** The names of what it answers, as it was last seen. */
  columns: readonly string[];
}

/** How many statements a generation has: more than the code has texts of its own, but for lists of ids. */
const generation = 400;

/**
 * Statements are prepared once, and kept while they are used: values never stand in their texts, but
 * the number of ids in a list does. When as many are known as a generation has, those are the old
 * ones; what nobody asks for until there are as many again goes.
 */
function statementCache(database: DatabaseSync): (sql: string) => Prepared {
  let young = new Map<string, Prepared>();
  let old: ReadonlyMap<string, Prepared> = new Map();
  return (sql) => {
    const known = young.get(sql);
    if (known) return known;
    const prepared = old.get(sql) ?? newlyPrepared(database, sql);
    if (young.size >= generation) {
      old = young;
      young = new Map();
    }
    young.set(sql, prepared);
    return prepared;
  };
}

function newlyPrepared(database: DatabaseSync, sql: string): Prepared {
  const statement = database.prepare(sql);
  statement.setReturnArrays(true);
  return { statement, columns: columnsOf(statement) };
}
