import { findProgram } from '../foreign-program.ts';
import type { Count } from './count.ts';
import { runTests } from './vitest.ts';

/** What is another way about the database of the project `postgres`: see `test/database/setup.ts`. */
const variants = ['serializable', 'pgbouncer'] as const;

/**
 * Runs the server's tests on PostgreSQL again: with `serializable` as the default of the
 * database, and through a pooler in transaction mode where there is one.
 */
export async function runVariants(root: string): Promise<readonly Count[]> {
  const counts: Count[] = [];
  for (const variant of variants) {
    if (variant === 'pgbouncer' && findProgram('pgbouncer') === undefined) {
      console.log('not run: the tests through PgBouncer, which is not installed');
      counts.push({ passed: 0, failed: 0, skipped: 1, retried: 0 });
      continue;
    }
    console.log(`PostgreSQL once more: ${variant}`);
    process.env['WILLCALL_TEST_POSTGRES'] = variant;
    counts.push(
      ...(await runTests(root, { projects: ['postgres'], rest: [], isEverything: false })),
    );
    delete process.env['WILLCALL_TEST_POSTGRES'];
  }
  return counts;
}
