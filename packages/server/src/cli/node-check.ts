/** Older ones can lose commits when two connections write a checkpoint at the same time. */
const oldestSqlite = [3, 51, 3];

/**
 * Why this Node cannot run the server, as a sentence; `undefined` when it can. The database
 * comes with Node, so its version is what counts.
 */
export function describeOldNode(
  versions: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { sqlite } = versions;
  if (sqlite !== undefined && isAtLeast(sqlite, oldestSqlite)) return undefined;
  const found = sqlite === undefined ? 'brings no SQLite' : `brings SQLite ${sqlite}`;
  return (
    `Willcall needs SQLite ${oldestSqlite.join('.')} or newer, and Node ${versions['node']} ${found}. ` +
    'Install Node 24.18 or 22.23 or newer from https://nodejs.org and try again.'
  );
}

function isAtLeast(version: string, oldest: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, least] of oldest.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}
