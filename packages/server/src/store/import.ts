import type { Fence, RaisedFence } from '../domain/instance/fence.ts';
import type { Engine, SqlValue, Transaction } from './engine.ts';
import {
  countLines,
  type ExportHead,
  MoveError,
  readBodyLine,
  readHead,
  type Seal,
  type TableLine,
} from './export-lines.ts';
import { raiseFence } from './fence.ts';
import { readInstance } from './instances.ts';
import { migrate, migrateTo, stepNames } from './migrations.ts';
import { readLines } from './read-lines.ts';
import { movedTables } from './tables.ts';

/** An export whose first line was read. */
export interface OpenExport extends ExportHead {
  /** Whether this secret sealed it. */
  readonly isSealed: (seal: Seal) => boolean;
  readonly headLine: Buffer;
  /** The lines after the first. */
  readonly lines: AsyncIterator<Buffer>;
}

/** Where an export goes, and what is known of its history. */
export interface ImportRequest {
  readonly seal: Seal;
  readonly now: number;
  /** Where the history of the instance is known to have been, by its mark. */
  readonly above: Fence | undefined;
}

/** What was put in. */
export interface Imported {
  readonly rows: number;
  readonly fence: RaisedFence;
}

/** Reads the first line of an export. Throws {@link MoveError} where this version cannot read it. */
export async function openExport(input: AsyncIterable<Buffer>): Promise<OpenExport> {
  const lines = readLines(input);
  const first = await lines.next();
  if (first.done === true) throw new MoveError('There is nothing in it: this is no export.');
  const head = readHead(first.value.toString());
  if (head.steps.some((name) => !stepNames.includes(name))) {
    throw new MoveError(
      'The export was written by a newer version of Willcall. Import it with that one.',
    );
  }
  return { ...head, headLine: first.value, lines };
}

/**
 * Puts an export into a database without an instance, in one transaction with the raise of its
 * fence: tickets and sessions of it never count here. An export that is not whole, or was
 * changed, leaves no row. Memory does not grow with the rows. Throws {@link MoveError}.
 */
export async function importData(
  engine: Engine,
  opened: OpenExport,
  request: ImportRequest,
): Promise<Imported> {
  if (!opened.isSealed(request.seal)) throw new MoveError(foreignSeal);
  if (!(await migrateTo(engine, opened.steps))) {
    throw new MoveError(
      'The schema of the database is further than that of the export. Name an empty database.',
    );
  }
  let isRead = false;
  const imported = await engine.write(
    async (tx) => {
      if (isRead) throw new MoveError('The database went away. Nothing was imported.');
      if (await readInstance(tx)) throw new MoveError('The database holds an instance already.');
      isRead = true;
      const rows = await putRows(tx, opened, request.seal);
      await refuseOther(tx, opened);
      const { now, above } = request;
      return { rows, fence: await raiseFence(tx, { reason: 'import', now, above }) };
    },
    { isLong: true },
  );
  await migrate(engine);
  return imported;
}

const foreignSeal =
  'The export was sealed with another instance secret, or its first line was changed. Give the secret of the instance that it was made of.';

const endOfLine = 10;

/** Reads all lines to the end, which must be the one that belongs to them. */
async function putRows(tx: Transaction, opened: OpenExport, seal: Seal): Promise<number> {
  const count = countLines();
  count.add(opened.headLine);
  const putting = openTables(tx);
  for (let number = 2; ; number += 1) {
    const next = await opened.lines.next();
    const line = next.done === true ? undefined : next.value;
    if (line?.at(-1) !== endOfLine)
      throw new MoveError(`The export ends too early, after line ${number - 1}: it was cut off.`);
    const body = readBodyLine(line.toString());
    if (!body) throw new MoveError(`Line ${number} of the export cannot be read.`);
    if ('isEnd' in body) {
      const { rows } = await putting.end();
      if (line.toString() !== `${count.end(rows, seal)}\n`)
        throw new MoveError('The export was changed after it was made: its seal is broken.');
      if ((await opened.lines.next()).done !== true)
        throw new MoveError(`The export goes on after its end, with line ${number + 1}.`);
      return rows;
    }
    count.add(line);
    await putting.put(body, number);
  }
}

/** Rows of one statement, and values: SQLite takes 32766, PostgreSQL 65535. */
const most = { rows: 100, values: 30_000 };

/** Takes the lines of a table after the other, and writes rows together. */
function openTables(tx: Transaction) {
  let current: (TableLine & { readonly at: number }) | undefined;
  let waiting: (readonly SqlValue[])[] = [];
  let rows = 0;

  async function flush(): Promise<void> {
    if (!current || waiting.length === 0) return;
    const { table, columns } = current;
    const marks = `(${columns.map(() => '?').join(', ')})`;
    const places = waiting.map(() => marks).join(', ');
    const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${places}`;
    const values = waiting.flat();
    waiting = [];
    try {
      await tx.run(sql, ...values);
    } catch (error) {
      throw new MoveError(`The rows of ${table} cannot be written here: ${reasonOf(error)}`, {
        cause: error,
      });
    }
  }

  return {
    async put(line: TableLine | { readonly row: readonly SqlValue[] }, number: number) {
      if ('table' in line) {
        await flush();
        const at = movedTables.findIndex(({ name }) => name === line.table);
        if (at <= (current?.at ?? -1))
          throw new MoveError(`Line ${number} of the export begins no table that may come here.`);
        current = { ...line, at };
        return;
      }
      if (line.row.length !== current?.columns.length)
        throw new MoveError(`Line ${number} of the export is no row of its table.`);
      waiting.push(line.row);
      rows += 1;
      if (waiting.length >= most.rows || waiting.length * line.row.length >= most.values)
        await flush();
    },
    async end() {
      await flush();
      return { rows };
    },
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The one row by which the database is an instance must be the one that the head promised. */
async function refuseOther(tx: Transaction, { instanceId, instanceType }: ExportHead) {
  const record = await readInstance(tx);
  if (record?.id !== instanceId || record.type !== instanceType)
    throw new MoveError('The export holds another instance than its first line says.');
}
