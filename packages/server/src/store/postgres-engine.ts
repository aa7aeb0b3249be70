import type { PoolClient } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreUnavailable } from '../domain/store.ts';
import type { Engine, Reader, Row, SqlValue, Steps, Transaction, WriteOptions } from './engine.ts';
import { openBatches, openKinds } from './postgres-batches.ts';
import { askDialect, type Dialect } from './postgres-dialect.ts';
import { explainPostgres, ServerUnwritable, troubleOf, wasNotSent } from './postgres-errors.ts';
import { openPool, toQuery } from './postgres-pool.ts';
import { type PostgresStatement, postgresStatements } from './postgres-sql.ts';
import { type Lane, openLanes } from './lanes.ts';
import { askTogether, openQuestionKinds, type Question, shareOut } from './postgres-questions.ts';
import { openRows, rowsOf } from './postgres-rows.ts';
import { failedStep, inOneOrder, numberStep, runAll, writeTogether } from './postgres-together.ts';
import { clockSql, openTimelines, type TimelineJob } from './postgres-timeline.ts';
import { openTurns } from './postgres-turns.ts';

export interface PostgresOptions {
  /** `postgresql://user:password@host:port/database?sslmode=verify-full`. */
  readonly url: string;
  /** Connections at most. Default 10. */
  readonly poolSize?: number | undefined;
  /** A pooler in transaction mode stands between: no statement has a name. Default `false`. */
  readonly isPooled?: boolean | undefined;
  /**
   * A statement that runs longer is cut off by the server, and so is a transaction that idles; what
   * is long is not. Behind a pooler that is so within a transaction alone. Milliseconds. Default 10 000.
   */
  readonly statementTimeout?: number | undefined;
  /**
   * The server ends what is long where nothing is heard of it for that time; a job that waits for
   * something else lets it hear three times in it. Milliseconds. Default 60 000.
   */
  readonly silenceTimeout?: number | undefined;
  /** Is told once that the server does not say its timeline to this account: no failover is noticed. */
  readonly onUnreadTimeline?: (() => void) | undefined;
}

/** An engine whose server may be replaced by one that lost commits. */
export interface PostgresEngine extends Engine {
  /**
   * From now on no connection is used before its server's timeline is settled; one is asked at
   * once. Behind a pooler each transaction asks, and what is read alone is not covered.
   */
  watchTimeline(settle: TimelineJob): Promise<void>;
}

/** How long an answer is waited for where the server does not cut off by itself. Milliseconds. */
const answerTimeout = 15_000;

/** How long is waited for a connection that is made. Milliseconds. */
const connectionTimeout = 5000;

/** Whether it works is asked by who has another node to send people to. Milliseconds. */
const pingTimeout = 2000;

/** How long something waits here until a connection is free for it. Milliseconds. */
const turnTimeout = 10_000;

/**
 * For how long something is tried again: a job that got in another's way, a database that went
 * away for a restart or a failover. Milliseconds. A key that is taken has two more looks.
 */
const patience = { conflict: 10_000, stale: 10_000, taken: 10_000, away: 2000, slow: 0, none: 0 };
const looksAtTaken = 2;

/** What is long may be over its patience at its first try: it runs so often at least. */
const leastTriesOfLong = 5;

/**
 * ALTER TABLE waits for everybody who reads the table, an export for example, and whoever comes
 * later waits behind it.
 */
const giveWay = 'SET LOCAL lock_timeout = 2000';

/** All that is read comes from the moment of the first statement. */
const beginSnapshot = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';

/**
 * A machine that vanished says no goodbye: the server finds out in half a minute, and not in two
 * hours, and ends what that machine had begun.
 */
const askForSigns = `SET tcp_keepalives_idle = 15;
  SET tcp_keepalives_interval = 5;
  SET tcp_keepalives_count = 3`;

/** The driver takes no 0 for it: for what is long, an answer is waited for 24 days. Milliseconds. */
const longAnswerTimeout = 2_147_483_647;

/**
 * A PostgreSQL database, which any number of processes may share. A job that got in another's
 * way, and one whose connection broke before its commit was asked for, runs again: it must do
 * nothing outside of its transaction. It connects when it is first used. What comes while each
 * connection is at work waits for its turn, and is told that storage does not work where that
 * takes too long.
 */
export function openPostgres(options: PostgresOptions): PostgresEngine {
  const { url, poolSize = 10, isPooled = false } = options;
  const { statementTimeout = 10_000, silenceTimeout = 60_000 } = options;
  const statements = postgresStatements(!isPooled);
  /** Known once a connection is there. */
  let dialect: Dialect | undefined;
  const statementOf = (sql: string) => statements(sql, dialect);
  const pool = openPool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: connectionTimeout,
    query_timeout: answerTimeout,
    application_name: 'willcall',
    // Whoever is given a pooler's connection next would have it too.
    statementTimeout: isPooled ? undefined : statementTimeout,
    admit,
  });
  const enterLine = openLine();
  const takeTurn = openTurns(poolSize, turnTimeout);
  const nextLane = openLanes();
  const keepApart = openRows();
  const kindOfSteps = openKinds();
  const kindOfQuestion = openQuestionKinds();
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;

  /** What has begun is done before the pool ends; what comes later is refused. */
  async function keepOpen<Result>(begun: () => Promise<Result>): Promise<Result> {
    if (isClosed) throw new StoreUnavailable('the database is closed');
    const result = begun();
    underWay.add(result);
    try {
      return await result;
    } finally {
      underWay.delete(result);
    }
  }

  const timelines = openTimelines({
    // A raise of the fence takes long where there is much to end.
    attempt: (client, job) => attemptOn(newAttempt(client), { isLong: true }, job),
    onUnread: options.onUnreadTimeline ?? (() => {}),
  });

  function newAttempt(client: PoolClient): Attempt {
    return { client, statementOf, lane: nextLane(), statementTimeout, silenceTimeout };
  }

  /** A replica answers as well, and knows less: whether a session was ended must not be asked there. */
  async function admit(client: PoolClient): Promise<void> {
    dialect ??= await askDialect(client);
    if (!isPooled && dialect === 'postgresql') await client.query(askForSigns);
    const { isReadOnly, timeline } = await timelines.ask(client);
    if (isReadOnly) throw new ServerUnwritable('the database takes no writes');
    await timelines.settle(client, timeline);
  }

  async function transact<Result>(how: WriteOptions, job: Job<Result>): Promise<Result> {
    const client = await pool.connect();
    let broken: unknown;
    try {
      // A pooler may have put another server behind a connection that is there.
      if (isPooled) await admit(client);
      return await attemptOn(newAttempt(client), how, job);
    } catch (error) {
      if (!(await isRolledBack(client, error))) broken = error;
      throw error;
    } finally {
      client.release(broken as Error | undefined);
    }
  }

  /**
   * As `transact`, in one statement for all calls. When the connection breaks, nobody knows whether
   * it was done.
   */
  async function runOnce(calls: readonly Steps<string>[]): Promise<string | undefined> {
    const client = await pool.connect();
    const lane = nextLane();
    let broken: unknown;
    try {
      const numbered = calls.map((steps) => steps.map((step) => numberStep(step, lane)));
      const { sql, values } = writeTogether(numbered);
      await client.query(toQuery(statementOf(sql), values));
      lane.keep();
      return undefined;
    } catch (error) {
      if (!isUndone(error) || ['stale', 'away'].includes(troubleOf(error))) broken = error;
      if (!isUndone(error))
        throw new StoreUnavailable('it is not known whether it was done', { cause: error });
      lane.undo();
      const failed = failedStep(error);
      // Of several, the one that is meant finds out by itself.
      if (failed === undefined || calls.length > 1) throw error;
      return failed;
    } finally {
      client.release(broken as Error | undefined);
    }
  }

  const runAlone = (steps: Steps<string>) => {
    const attempt = () => runOnce([steps]);
    return persist(attempt, attempt);
  };
  const runInBatch = openBatches<Steps<string>, string | undefined>(takeTurn, {
    alone: runAlone,
    async together(calls) {
      await tryOnce(() => runOnce(inOneOrder(calls)));
      return calls.map(() => undefined);
    },
  });

  const ask = async ({ sql, values }: Question) =>
    (await pool.query<Row>(toQuery(statementOf(sql), values))).rows;
  const askAlone = (question: Question) => {
    const attempt = () => ask(question);
    return persist(attempt, attempt);
  };
  const askInBatch = openBatches<Question, Row[]>(takeTurn, {
    alone: askAlone,
    together: async (questions) =>
      shareOut(await tryOnce(() => ask(askTogether(questions))), questions.length),
  });

  function read(sql: string, values: SqlValue[]): Promise<Row[]> {
    const question = { sql, values };
    const kind = kindOfQuestion(question);
    return keepOpen(() =>
      kind === undefined ? takeTurn(() => askAlone(question)) : askInBatch(kind, question),
    );
  }

  return {
    isShared: true,
    get: async (sql, ...values) => (await read(sql, values))[0],
    all: (sql, ...values) => read(sql, values),
    allApart: (sql, ...values) => read(sql, values),
    count: (sql, ...values) => read(sql, values),
    now: async () => Number((await read(clockSql, []))[0]?.['now']),
    write(job, how = {}) {
      // Whoever waits to try again holds no connection that others could use.
      const attempt = () => takeTurn(() => transact(how, job));
      const leastTries = how.isLong ? leastTriesOfLong : 1;
      // Those who lost go one after another, so that they are in nobody's way but a stranger's.
      return keepOpen(() => persist(attempt, () => enterLine(attempt), leastTries));
    },
    // Another server may stand behind a pooler by now: there each transaction asks first.
    ...(isPooled
      ? {}
      : ({
          async runTogether<Outcome extends string>(steps: Steps<Outcome>) {
            const rows = rowsOf(steps);
            const alone = () => takeTurn(() => runAlone(steps));
            const withOthers = () => runInBatch(kindOfSteps(steps.map(({ sql }) => sql)), steps);
            const isApart = dialect === 'cockroachdb' && rows.length > 0;
            const failed = await keepOpen(() =>
              isApart ? alone() : keepApart(rows, { withOthers, alone }),
            );
            return failed as Outcome | undefined;
          },
        } satisfies Pick<Engine, 'runTogether'>)),
    snapshot: (look) =>
      keepOpen(async () => {
        const client = await pool.connect();
        const rest = giveSigns(client, silenceTimeout);
        try {
          await client.query(`${beginSnapshot}; ${letTakeLong(silenceTimeout)}`);
          return await look(readerOf(client, statementOf, true));
        } catch (error) {
          throw explainPostgres(error);
        } finally {
          rest();
          client.release(true);
        }
      }),
    async watchTimeline(settle) {
      timelines.watch(settle);
      await keepOpen(async () => {
        const client = await pool.connect();
        await admit(client).finally(() => client.release());
      });
    },
    async ping() {
      try {
        const query = { text: 'SELECT 1', query_timeout: pingTimeout };
        await within(
          pingTimeout,
          keepOpen(() => pool.query(query)),
        );
      } catch (error) {
        throw explainPostgres(error);
      }
    },
    async close() {
      isClosed = true;
      await Promise.allSettled(underWay);
      await pool.end();
    },
  };
}

/** Runs until it works, or fails for a reason that does not pass, or patience is at its end. */
async function persist<Result>(
  first: () => Promise<Result>,
  again: () => Promise<Result>,
  leastTries = 1,
): Promise<Result> {
  const startedAt = performance.now();
  for (let tries = 0; ; tries += 1) {
    try {
      return await (tries === 0 ? first() : again());
    } catch (error) {
      const trouble = troubleOf(error);
      const isDue = trouble === 'conflict' && tries + 1 < leastTries;
      const isOver = !isDue && performance.now() - startedAt >= patience[trouble];
      if (isOver || (trouble === 'taken' && tries >= looksAtTaken)) throw explainPostgres(error);
      const longest =
        trouble === 'away' ? Math.min(50 * 2 ** tries, 500) : Math.min(2 ** tries, 64);
      await pause(longest * Math.random());
    }
  }
}

/** Runs what stands for several; where it takes too long, it does not help to run each of them. */
async function tryOnce<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw troubleOf(error) === 'slow' ? explainPostgres(error) : error;
  }
}

/** Waits for something, which goes on if it takes longer. Milliseconds. */
async function within(timeout: number, something: Promise<unknown>): Promise<void> {
  const isOver = new AbortController();
  const late = pause(timeout, undefined, { signal: isOver.signal }).then(() => {
    throw new StoreUnavailable('the database does not answer');
  });
  try {
    await Promise.race([something, late]);
  } finally {
    isOver.abort();
  }
}

/** Lets one at a time in, in the order in which they came. */
function openLine(): <Result>(run: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (entrant) => {
    const mine = last.then(entrant);
    last = mine.catch(() => {});
    return mine;
  };
}

type Job<Result> = (tx: Transaction) => Promise<Result>;

interface Attempt {
  readonly client: PoolClient;
  readonly statementOf: StatementOf;
  readonly lane: Lane;
  readonly statementTimeout: number;
  readonly silenceTimeout: number;
}

/** Runs a job in a transaction of a connection; where it fails, who called rolls back. */
async function attemptOn<Result>(
  { client, statementOf, lane, statementTimeout, silenceTimeout }: Attempt,
  how: WriteOptions,
  job: Job<Result>,
): Promise<Result> {
  const rest = how.isLong ? giveSigns(client, silenceTimeout) : () => {};
  try {
    const bounds = how.isLong ? letTakeLong(silenceTimeout) : cutOffAfter(statementTimeout);
    await client.query(`${beginOf(how)}; ${bounds}`);
    if (how.changesSchema) await client.query(giveWay);
    const result = await job(transactionOf(client, statementOf, { ...how, lane }));
    await commit(client);
    lane.keep();
    return result;
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) lane.undo();
    throw error;
  } finally {
    rest();
  }
}

/**
 * Every job is serializable, whatever the database's default: it runs as if it were alone, as on
 * the embedded database, and so no job needs locks of its own; but for one that waits for others
 * where they meet, and sees to it by itself that it is right. Whether it may write is left to the
 * database: one whose disk is full, or that moves, takes no writes by default.
 */
function beginOf({ isReadCommitted = false }: WriteOptions): string {
  return `BEGIN ISOLATION LEVEL ${isReadCommitted ? 'READ COMMITTED' : 'SERIALIZABLE'}`;
}

/** `SET LOCAL` ends with the transaction, so that a pooler may give the connection to anybody then. */
function cutOffAfter(timeout: number): string {
  return `SET LOCAL statement_timeout = ${timeout};
    SET LOCAL idle_in_transaction_session_timeout = ${timeout}`;
}

/**
 * Steps of the schema, imports, exports and raises of the fence take as long as they take, unless
 * nobody is there any more who would end them: others wait for what they hold. PostgreSQL has
 * `transaction_timeout` since version 17.
 */
function letTakeLong(silenceTimeout: number): string {
  return `SET LOCAL statement_timeout = 0;
    SET LOCAL idle_in_transaction_session_timeout = ${silenceTimeout};
    SELECT set_config(name, '0', true) FROM pg_settings WHERE name = 'transaction_timeout'`;
}

/** Says something often enough on a connection while a job waits for a pipe; answers how to stop. */
function giveSigns(client: PoolClient, silenceTimeout: number): () => void {
  let isUnderWay = false;
  const done = () => {
    isUnderWay = false;
  };
  const timer = setInterval(() => {
    if (isUnderWay) return;
    isUnderWay = true;
    const sign = { text: 'SELECT 1', query_timeout: longAnswerTimeout };
    void client.query(sign).then(done, done);
  }, silenceTimeout / 3);
  return () => clearInterval(timer);
}

function transactionOf(
  client: PoolClient,
  statementOf: StatementOf,
  { isLong = false, lane }: WriteOptions & { readonly lane: Lane },
): Transaction {
  const query = queryOn(client, statementOf, isLong);
  return {
    ...readerOf(client, statementOf, isLong),
    run: async (sql, ...values) => (await query(sql, values)).rowCount ?? 0,
    runAll: (statements) => runAll(statements, query),
    draw: () => lane.draw(),
  };
}

type StatementOf = (sql: string) => PostgresStatement;

function readerOf(client: PoolClient, statementOf: StatementOf, isLong: boolean): Reader {
  const query = queryOn(client, statementOf, isLong);
  return {
    get: async (sql, ...values) => (await query(sql, values)).rows[0],
    all: async (sql, ...values) => (await query(sql, values)).rows,
  };
}

function queryOn(client: PoolClient, statementOf: StatementOf, isLong: boolean) {
  const patient = isLong ? { query_timeout: longAnswerTimeout } : {};
  return (sql: string, values: SqlValue[]) =>
    client.query<Row>({ ...toQuery(statementOf(sql), values), ...patient });
}

/**
 * When the connection breaks now, nobody knows whether the commit was done: the job must not
 * run again, and its caller is told that storage does not work.
 */
async function commit(client: PoolClient): Promise<void> {
  let command: string;
  try {
    ({ command } = await client.query('COMMIT'));
  } catch (error) {
    if (['conflict', 'taken'].includes(troubleOf(error)) || wasNotSent(error)) throw error;
    throw new StoreUnavailable('it is not known whether the commit was done', { cause: error });
  }
  // A job that went on after a statement had failed: the server rolls back, and reports no error.
  if (command !== 'COMMIT') throw new Error('a statement of the job failed, and it went on');
}

/** Whether a statement that is a transaction by itself did nothing for certain. */
function isUndone(error: unknown): boolean {
  const isAnswer = (error as { severity?: unknown }).severity !== undefined;
  const isDecided = ['conflict', 'taken', 'stale', 'none'].includes(troubleOf(error));
  return (isAnswer && isDecided) || wasNotSent(error);
}

async function isRolledBack(client: PoolClient, error: unknown): Promise<boolean> {
  if (error instanceof StoreUnavailable || ['away', 'slow', 'stale'].includes(troubleOf(error)))
    return false;
  return client.query('ROLLBACK').then(
    () => true,
    () => false,
  );
}
