/** What a statement of a step does, and what it means for servers that run meanwhile. */
export interface StatementNote {
  readonly kind: 'table' | 'column' | 'index' | 'index removal' | 'rows' | 'removal' | 'other';
  /** The table that it is about. */
  readonly table: string;
  /** In words, for the person who is about to run it. */
  readonly text: string;
}

/**
 * Reads a statement of a step. Every engine does what is said of it; that something waits is said
 * of PostgreSQL, for SQLite lets a step run when nobody writes.
 */
export function noteOf(statement: string): StatementNote {
  for (const [pattern, kind, tell] of forms) {
    const found = pattern.exec(statement.trim());
    if (found) return { kind, table: found[1] ?? '', text: tell(found[1] ?? '', found[2] ?? '') };
  }
  return { kind: 'other', table: '', text: 'does something else: read it' };
}

type Form = readonly [
  pattern: RegExp,
  kind: StatementNote['kind'],
  tell: (table: string, column: string) => string,
];

/** A column that old code may leave out: without a value, or with one by itself. */
const plainColumn =
  /^ALTER TABLE (\w+) ADD COLUMN (\w+) (?:TEXT|INTEGER|BIGINT)(?: NOT NULL DEFAULT (?:'[^']*'|-?\d+)| DEFAULT (?:'[^']*'|-?\d+))?$/;

const forms: readonly Form[] = [
  [/^CREATE TABLE (\w+) \(/, 'table', (table) => `makes the table ${table}`],
  [plainColumn, 'column', (table, column) => `adds ${table}.${column}, at once`],
  [
    /^CREATE INDEX \w+\s+ON (\w+)/,
    'index',
    (table) => `builds an index of ${table}: writes to it wait until the step is done`,
  ],
  [/^(?:UPDATE|INSERT INTO) (\w+)/, 'rows', (table) => `writes rows of ${table}`],
  [
    /^(?:DROP TABLE|DELETE FROM|ALTER TABLE) (\w+)/,
    'removal',
    (table) => `changes or removes what is in ${table}`,
  ],
  [
    /^DROP INDEX (\w+)$/,
    'index removal',
    (index) =>
      `removes the index ${index}: servers of the version before find by it no more, and go on`,
  ],
];
