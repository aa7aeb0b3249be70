import path from 'node:path';
import { bin } from '../source/tools.ts';
import { runTool } from './run-tool.ts';
import type { DeadCodeReport } from './dead-code/reporter.ts';
import type { Outcome } from './outcome.ts';

/**
 * Asks knip, as knip.json says, for files, exports and dependencies that nobody uses, and
 * for dependencies that are used and declared nowhere.
 */
export async function checkDeadCode(root: string): Promise<Outcome> {
  const reporter = path.join(import.meta.dirname, 'dead-code/reporter.ts');
  const args = ['--reporter', reporter, '--no-progress'];
  const { code, stdout, stderr } = await runTool(bin('knip'), args, root);
  const line = stdout.split('\n').find((each) => each.startsWith('{'));
  if (line === undefined) return { count: 0, unit: 'files', problems: [stderr || stdout] };
  const { count, problems } = JSON.parse(line) as DeadCodeReport;
  const isUnexplained = code !== 0 && problems.length === 0;
  return { count, unit: 'files', problems: isUnexplained ? [stderr || stdout] : problems };
}
