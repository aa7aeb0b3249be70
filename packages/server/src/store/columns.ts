import type { Row, SqlValue, Statement } from './engine.ts';

/*
 * Between columns and records: `undefined` inside is `NULL` in the table, booleans are
 * 0 and 1, JSON is text. A column of another type than the code expects is a bug and throws.
 */

/** A column that always holds text. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`column ${column} holds no text`);
  return value;
}

/** A column that holds text or nothing. */
export function optionalText(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : text(row, column);
}

/** A column that always holds a number. */
export function number(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`column ${column} holds no number`);
  return value;
}

/** A column that holds a number or nothing. */
export function optionalNumber(row: Row, column: string): number | undefined {
  return row[column] === null ? undefined : number(row, column);
}

/** A column that holds 0 or 1. */
export function flag(row: Row, column: string): boolean {
  return number(row, column) === 1;
}

/** A column that holds JSON which this store wrote. */
export function json<Value>(row: Row, column: string): Value {
  return JSON.parse(text(row, column)) as Value;
}

/** A column that holds JSON or nothing. */
export function optionalJson<Value>(row: Row, column: string): Value | undefined {
  return row[column] === null ? undefined : json<Value>(row, column);
}

/** What a record's value is in a column. */
export function toColumn(value: unknown): SqlValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' || typeof value === 'number') return value;
  return JSON.stringify(value);
}

/** Keys to be looked for by IN. One text for lists of any length, up to the longest: the last key fills them up. */
export function keyList(listed: readonly SqlValue[], longest: number): Statement {
  const values = Array.from({ length: longest }, (_, at) => listed[at] ?? listed.at(-1) ?? null);
  return { sql: `(${values.map(() => '?').join(', ')})`, values };
}

/** The column of a field: `createdAt` is kept as `created_at`. */
function columnName(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

interface Shape {
  readonly fields: readonly string[];
  readonly block: string | undefined;
  readonly sql: string;
}

/** The texts of INSERTs by their tables, one for each shape of a record: there are few. */
const insertShapes = new Map<string, Shape[]>();

/** An INSERT of one record, its fields in the order given. `block` is the SQL of the block that it goes to. */
export function insertStatement(
  table: string,
  record: object,
  block?: string,
): { sql: string; values: SqlValue[] } {
  return { sql: insertSql(table, Object.keys(record), block), values: toColumns(record) };
}

/**
 * The text of an INSERT of a record with these fields. It is found without making a text of the
 * fields, which every hot write would pay for.
 */
export function insertSql(table: string, fields: readonly string[], block?: string): string {
  const shapes = insertShapes.get(table) ?? [];
  const known = shapes.find((shape) => shape.block === block && isSame(shape.fields, fields));
  if (known) return known.sql;
  const sql = insertText(table, fields, block);
  insertShapes.set(table, [...shapes, { fields, block, sql }]);
  return sql;
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((each, at) => each === others[at]);
}

/** What a record's values are in columns, in the order of its fields. */
export function toColumns(record: object): SqlValue[] {
  return Object.values(record).map(toColumn);
}

function insertText(table: string, fields: readonly string[], block?: string): string {
  const columns = [...fields.map(columnName), ...(block ? ['block'] : [])].join(', ');
  const marks = [...fields.map(() => '?'), ...(block ? [block] : [])].join(', ');
  return `INSERT INTO ${table} (${columns}) VALUES (${marks})`;
}

/** The SET list of an UPDATE, its fields in the order given. */
export function assignments(change: object): { sql: string; values: SqlValue[] } {
  return {
    sql: Object.keys(change)
      .map((field) => `${columnName(field)} = ?`)
      .join(', '),
    values: Object.values(change).map(toColumn),
  };
}

/** The conditions of the values that are given, all of which must hold; without one, every row fits. */
export function allOf(
  given: readonly (readonly [condition: string, value: SqlValue | undefined])[],
): {
  sql: string;
  values: SqlValue[];
} {
  const conditions = ['1 = 1'];
  const values: SqlValue[] = [];
  for (const [condition, value] of given) {
    if (value === undefined) continue;
    conditions.push(condition);
    values.push(value);
  }
  return { sql: conditions.join(' AND '), values };
}

/**
 * A pattern for `LIKE ? ESCAPE '!'` that fits whatever holds this text. No backslash: PostgreSQL
 * may be told to read one as an escape in every text.
 */
export function anywhere(part: string): string {
  return `%${part.replaceAll(/[!%_]/g, '!$&')}%`;
}
