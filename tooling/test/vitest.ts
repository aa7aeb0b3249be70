import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { bin } from '../source/tools.ts';
import { projectNames } from './arguments.ts';
import { runScript } from './run-script.ts';
import { type Count, nothing } from './count.ts';
import type { TestReport } from './reporter.ts';

const oneFailure: Count = { ...nothing, failed: 1 };

/**
 * Runs vitest and answers with what it counted. A run that breaks, and in a run of
 * everything each project without a test that ran, counts as one failure.
 */
export async function runTests(
  root: string,
  { projects, rest, isEverything, output = 'inherit' }: TestRun,
): Promise<readonly Count[]> {
  const file = path.join(root, '.build/test-report.json');
  await mkdir(path.dirname(file), { recursive: true });
  await rm(file, { force: true });
  const args = [...projects.flatMap((name) => ['--project', name]), ...rest];
  const code = await run(root, file, args, output);
  const report = await readReport(file);
  const counts = Object.values(report?.projects ?? {});
  const hasFailed = counts.some(({ failed }) => failed > 0);
  const broken = code !== 0 && !hasFailed ? oneFailure : nothing;
  const idle = isEverything ? projectNames.filter((name) => !hasRun(report?.projects[name])) : [];
  if (output === 'inherit') idle.forEach(tellIdle);
  return [...counts, broken, ...idle.map(() => oneFailure)];
}

/** What to run. */
export interface TestRun {
  readonly projects: readonly string[];
  readonly rest: readonly string[];
  readonly isEverything: boolean;
  /** Where the output goes; shown when absent. */
  readonly output?: 'inherit' | 'ignore';
}

function run(
  root: string,
  reportFile: string,
  args: readonly string[],
  output: 'inherit' | 'ignore',
): Promise<number> {
  const reporter = path.join(import.meta.dirname, 'reporter.ts');
  const reporters = ['--reporter', 'default', '--reporter', reporter];
  const env = { ...process.env, WILLCALL_TEST_REPORT: reportFile };
  return runScript([bin('vitest'), 'run', ...reporters, ...args], { cwd: root, env, output });
}

async function readReport(file: string): Promise<TestReport | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as TestReport);
}

function tellIdle(name: string): void {
  console.error(`The project ${name} has run no test.`);
}

function hasRun(count: Count | undefined): boolean {
  return count !== undefined && count.passed + count.failed > 0;
}
