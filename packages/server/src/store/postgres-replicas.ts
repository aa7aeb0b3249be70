import type { Reader, Row, SqlValue } from './engine.ts';
import { placeOf } from './postgres-check.ts';
import { openPool, toQuery } from './postgres-pool.ts';
import { postgresStatements } from './postgres-sql.ts';

export interface ReplicaOptions {
  /** One for each replica, as the primary's. */
  readonly urls: readonly string[];
  /** Connections to each at most. Default 10. */
  readonly poolSize?: number | undefined;
  /** Poolers in transaction mode stand between: no statement has a name. Default `false`. */
  readonly isPooled?: boolean | undefined;
  /** How old their answers are at most. Milliseconds. Default 5000. */
  readonly mostBehind?: number | undefined;
  /** Is told why a replica is not asked any more, until it is again. */
  readonly onLostReplica?: ((lost: LostReplica) => void) | undefined;
}

/** Nothing secret is in it. */
export interface LostReplica {
  readonly replica: string;
  readonly reason: string;
}

/** Replicas that are asked in turns. */
export interface Replicas extends Reader {
  close(): Promise<void>;
}

/** How long one that failed is left alone. Milliseconds. */
const restAfterFailure = 5000;

/** One that hangs must not hold up for long what the primary can answer. Milliseconds. */
const connectionTimeout = 1000;
const answerTimeout = 5000;

/** The server gives up a little before. Milliseconds. */
const statementTimeout = 4000;

/**
 * How far a server has come in its log, in which timeline, and whose data it holds. Positions of
 * two timelines cannot be compared. The timeline is the one that the data goes on in, as the
 * primary has written it down: a replica that stayed behind in another one has not got that.
 * postgresql.org/docs/current/functions-admin.html, "Recovery Control Functions".
 */
const dataSql =
  '(SELECT id FROM instance) AS instance, (SELECT timeline FROM instance) AS timeline';
const primarySql = `SELECT pg_current_wal_lsn()::text AS position, ${dataSql}`;
const replicaSql = `SELECT pg_last_wal_replay_lsn()::text AS position, ${dataSql},
  pg_is_in_recovery()::text AS follows`;

/** What the primary had committed at a time. */
interface Mark {
  readonly takenAt: number;
  readonly position: bigint;
  readonly instance: SqlValue;
  readonly timeline: SqlValue;
}

interface Replica {
  readonly name: string;
  ask(sql: string, values?: SqlValue[]): Promise<Row[]>;
  close(): Promise<void>;
  /** The mark that it has reached. */
  reached: Mark | undefined;
  restsUntil: number;
  isLost: boolean;
}

/**
 * Opens replicas that follow a primary. One that does not answer, that holds another instance, or
 * that lacks what the primary had committed `mostBehind` ago is not asked; where none is left, the
 * primary answers. Each is connected to when it is first used.
 */
export function openReplicas(primary: Reader, options: ReplicaOptions): Replicas {
  const { mostBehind = 5000, onLostReplica = () => {} } = options;
  const replicas = options.urls.map((url) => openReplica(url, options));
  let mark: Mark | undefined;
  /** One before: who has not reached it is behind by more than `mostBehind`. */
  let former: Mark | undefined;
  let turn = 0;

  function lose(replica: Replica, reason: string): void {
    if (!replica.isLost) onLostReplica({ replica: replica.name, reason });
    replica.isLost = true;
  }

  /** Whoever has reached the mark answers nothing older than it. */
  async function currentMark(): Promise<Mark> {
    const takenAt = performance.now();
    if (mark && takenAt - mark.takenAt < mostBehind) return mark;
    const row = await primary.get(primarySql);
    const { instance = null, timeline = null } = row ?? {};
    // Who asks at the same time makes one too, which is not old.
    if (mark && takenAt - mark.takenAt >= mostBehind) former = mark;
    mark = { takenAt, position: positionOf(row), instance, timeline };
    return mark;
  }

  async function isUsable(replica: Replica, latest: Mark): Promise<boolean> {
    if (replica.reached === latest) return true;
    const [row] = await replica.ask(replicaSql);
    if (row?.['follows'] !== 'true') throw new Error('it is no replica');
    if (row['instance'] !== latest.instance) throw new Error('it holds another instance');
    if (!hasReached(row, latest)) {
      // One that lacks only what was committed a moment ago is well.
      if (former && !hasReached(row, former)) lose(replica, 'it is behind');
      return false;
    }
    replica.reached = latest;
    replica.isLost = false;
    return true;
  }

  async function read(sql: string, values: SqlValue[]): Promise<Row[]> {
    const latest = await currentMark();
    turn += 1;
    const inTurn = replicas.map((_, at) => replicas[(turn + at) % replicas.length] as Replica);
    for (const replica of inTurn) {
      if (performance.now() < replica.restsUntil) continue;
      try {
        if (await isUsable(replica, latest)) return await replica.ask(sql, values);
      } catch (error) {
        // Whatever it is, a schema that is behind too: the primary knows better.
        replica.restsUntil = performance.now() + restAfterFailure;
        replica.reached = undefined;
        lose(replica, error instanceof Error ? error.message : String(error));
      }
    }
    return primary.all(sql, ...values);
  }

  return {
    get: async (sql, ...values) => (await read(sql, values))[0],
    all: (sql, ...values) => read(sql, values),
    close: async () => void (await Promise.all(replicas.map((replica) => replica.close()))),
  };
}

function openReplica(url: string, { poolSize = 10, isPooled = false }: ReplicaOptions): Replica {
  const statementOf = postgresStatements(!isPooled);
  const pool = openPool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: connectionTimeout,
    query_timeout: answerTimeout,
    statementTimeout: isPooled ? undefined : statementTimeout,
    application_name: 'willcall lists',
  });
  return {
    name: placeOf(url),
    ask: async (sql, values = []) =>
      (await pool.query<Row>(toQuery(statementOf(sql), values))).rows,
    close: () => pool.end(),
    reached: undefined,
    restsUntil: 0,
    isLost: false,
  };
}

function hasReached(row: Row, mark: Mark): boolean {
  if (row['timeline'] !== mark.timeline) return false;
  return positionOf(row) >= mark.position;
}

/** `16/B374D848`: two halves of a number in hexadecimal. */
function positionOf(row: Row | undefined): bigint {
  const [high = '', low = ''] = String(row?.['position'] ?? '0/0').split('/');
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}
