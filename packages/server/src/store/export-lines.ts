import { createHash, type Hash } from 'node:crypto';
import type { InstanceType } from '../domain/instance/instance.ts';
import type { Row, SqlValue } from './engine.ts';

/*
 * An export is text, one JSON value a line: a head that says what it is; for each table a line
 * that names it with its columns, and then each row as a list; an end that seals all before it.
 * A new kind of line, or another meaning of one, is another format.
 */

/** The format that this version writes, and the only one that it reads. */
const format = 1;

/** Data that cannot be exported, or put in here. The message says why; nothing was changed. */
export class MoveError extends Error {}

/** A keyed hash of the instance: who does not know its secret cannot make or change an export. */
export type Seal = (text: string) => string;

/** The first line. */
export interface ExportHead {
  readonly instanceId: string;
  readonly instanceType: InstanceType;
  /** The steps of the schema on which the rows were written. */
  readonly steps: readonly string[];
  readonly exportedAt: number;
}

/** The line before the rows of a table. */
export interface TableLine {
  readonly table: string;
  readonly columns: readonly string[];
}

/** Keeps account of the lines, for the seal in the last one. */
export interface LineCount {
  add(lines: string | Uint8Array): void;
  /** What the last line must be, without its end of line. */
  end(rows: number, seal: Seal): string;
}

export function writeHead(head: ExportHead, seal: Seal): string {
  const { instanceId, instanceType, steps, exportedAt } = head;
  const facts = {
    willcall_export: format,
    instance_id: instanceId,
    instance_type: instanceType,
    exported_at: exportedAt,
    steps,
  };
  return JSON.stringify({ ...facts, seal: seal(JSON.stringify(facts)) });
}

/** Reads the first line; `isSealed` tells whether the owner of a secret wrote it. Throws {@link MoveError}. */
export function readHead(
  line: string,
): ExportHead & { readonly isSealed: (seal: Seal) => boolean } {
  const { seal: sealed, ...facts } = readObject(line) ?? {};
  if (typeof facts['willcall_export'] !== 'number')
    throw new MoveError('This is no export of Willcall.');
  if (facts['willcall_export'] !== format) {
    throw new MoveError(
      `The export has the format ${facts['willcall_export']}, and this version reads format ${format}. Use the version of Willcall that wrote it.`,
    );
  }
  const { instance_id: instanceId, instance_type: instanceType, steps } = facts;
  return {
    instanceId: String(instanceId),
    instanceType: instanceType === 'production' ? 'production' : 'development',
    steps: Array.isArray(steps) ? steps.map(String) : [],
    exportedAt: Number(facts['exported_at']),
    isSealed: (seal) => seal(JSON.stringify(facts)) === sealed,
  };
}

export function writeTableLine(line: TableLine): string {
  return JSON.stringify(line);
}

export function writeRow(row: Row, columns: readonly string[]): string {
  return JSON.stringify(columns.map((name) => row[name]));
}

/** What a line between head and end is; `undefined` where it is none of these. */
export function readBodyLine(
  line: string,
): TableLine | { readonly row: readonly SqlValue[] } | { readonly isEnd: true } | undefined {
  const value = readJson(line);
  if (Array.isArray(value)) return value.every(isSqlValue) ? { row: value } : undefined;
  const object = value as Record<string, unknown> | null | undefined;
  if (typeof object !== 'object' || object === null) return undefined;
  if ('end' in object) return { isEnd: true };
  const { table, columns } = object;
  return typeof table === 'string' && Array.isArray(columns) && columns.every(isColumn)
    ? { table, columns }
    : undefined;
}

export function countLines(): LineCount {
  const hash: Hash = createHash('sha256');
  return {
    add: (lines) => void hash.update(lines),
    end(rows, seal) {
      const digest = hash.digest('base64url');
      return JSON.stringify({ end: { rows, seal: seal(JSON.stringify(['end', rows, digest])) } });
    },
  };
}

/** It becomes a part of a statement, and must be a name and nothing else. */
function isColumn(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z][a-z0-9_]{0,62}$/.test(value);
}

function isSqlValue(value: unknown): value is SqlValue {
  return value === null || typeof value === 'string' || Number.isSafeInteger(value);
}

function readObject(line: string): Record<string, unknown> | undefined {
  const value = readJson(line);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : undefined;
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
