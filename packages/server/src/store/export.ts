import type { Engine, Reader, Row, SqlValue } from './engine.ts';
import {
  countLines,
  MoveError,
  type Seal,
  writeHead,
  writeRow,
  writeTableLine,
} from './export-lines.ts';
import { readInstance } from './instances.ts';
import { readSchema } from './migrations.ts';
import { type MovedTable, movedTables } from './tables.ts';

/** Rows that are held at once. */
const page = 500;

/** What an export is made with. */
export interface ExportRequest {
  readonly seal: Seal;
  readonly now: number;
  /** Takes lines with their ends, and answers when there may be more. */
  readonly write: (lines: string) => Promise<void>;
}

/**
 * Writes everything that a database holds, as of one moment, beside the server that uses it.
 * Memory does not grow with the rows. Answers how many there were. Throws {@link MoveError}.
 */
export function exportData(engine: Engine, request: ExportRequest): Promise<number> {
  return engine.snapshot(async (reader) => {
    const count = countLines();
    const write = async (lines: string) => {
      count.add(lines);
      await request.write(lines);
    };
    await write(`${await describe(reader, request)}\n`);
    let rows = 0;
    for (const table of movedTables) rows += await writeTable(reader, table, write);
    await request.write(`${count.end(rows, request.seal)}\n`);
    return rows;
  });
}

async function describe(reader: Reader, { seal, now }: ExportRequest): Promise<string> {
  const { applied, pending, ahead, unknown } = await readSchema(reader);
  if (ahead.length + unknown.length > 0) {
    throw new MoveError(
      'The database was written by a newer version of Willcall. Export it with that one.',
    );
  }
  if (pending.length > 0) {
    throw new MoveError(
      "The schema of the database is of an older version. Bring it up to date: 'willcall migrate apply'.",
    );
  }
  const record = await readInstance(reader);
  if (!record) throw new MoveError('The database holds no instance.');
  const { id: instanceId, type: instanceType } = record;
  const steps = applied.map(({ name }) => name);
  return writeHead({ instanceId, instanceType, steps, exportedAt: now }, seal);
}

async function writeTable(
  reader: Reader,
  table: MovedTable,
  write: (lines: string) => Promise<void>,
): Promise<number> {
  let rows = 0;
  let columns: readonly string[] = [];
  for (let found = await readPage(reader, table); found.length > 0;) {
    const [first = {}] = found;
    let lines = '';
    if (rows === 0) {
      columns = Object.keys(first).filter((column) => !table.left?.includes(column));
      lines = `${writeTableLine({ table: table.name, columns })}\n`;
    }
    for (const row of found) lines += `${writeRow(row, columns)}\n`;
    await write(lines);
    rows += found.length;
    if (found.length < page) break;
    found = await readPage(reader, table, found.at(-1));
  }
  return rows;
}

/** By the key and not by an offset: the last page costs what the first one does. */
function readPage(reader: Reader, { name, key }: MovedTable, after?: Row): Promise<Row[]> {
  const keys = key.join(', ');
  const values = after ? key.map((column): SqlValue => after[column] ?? null) : [];
  const where = after ? `WHERE (${keys}) > (${key.map(() => '?').join(', ')})` : '';
  const sql = `SELECT * FROM ${name} ${where} ORDER BY ${keys} LIMIT ?`;
  return reader.all(sql, ...values, page);
}
