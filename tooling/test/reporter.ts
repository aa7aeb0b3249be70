import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';
import { type Count, nothing, totalOf } from './count.ts';

/** What the reporter leaves behind: the counts of each project. */
export interface TestReport {
  readonly projects: Readonly<Record<string, Count>>;
}

/** Counts tests for `tooling/test.ts`, into the file that `WILLCALL_TEST_REPORT` names. */
export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const projects: Record<string, Count> = {};
    for (const module of modules) {
      const found = [projects[module.project.name] ?? nothing, countModule(module)];
      projects[module.project.name] = totalOf(found);
    }
    // An error outside of any test means that some promise was not kept.
    if (unhandledErrors.length > 0)
      projects['outside'] = { ...nothing, failed: unhandledErrors.length };
    const report: TestReport = { projects };
    const file = process.env['WILLCALL_TEST_REPORT'];
    if (file !== undefined) writeFileSync(file, JSON.stringify(report));
  }
}

function countModule(module: TestModule): Count {
  const tests = [...module.children.allTests()];
  const states = tests.map((test) => test.result().state);
  const count = (wanted: string) => states.filter((state) => state === wanted).length;
  // A file that cannot be loaded and a hook that throws are failures without a test.
  const suites = [module, ...module.children.allSuites()];
  const broken = suites.filter((suite) => suite.errors().length > 0).length;
  return {
    passed: count('passed'),
    failed: count('failed') + broken,
    skipped: states.length - count('passed') - count('failed'),
    retried: tests.filter((test) => test.diagnostic()?.flaky).length,
  };
}
