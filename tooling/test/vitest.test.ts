import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isGreen, totalOf } from './count.ts';
import { runTests } from './vitest.ts';

const some = { projects: [], rest: [], isEverything: false, output: 'ignore' } as const;

describe('a run of planted tests', () => {
  test('counts the failed, the unloadable and the broken hook, and no skipped test as passed', async () => {
    const total = totalOf(await runTests(fixture('red'), some));
    expect(total).toEqual({ passed: 1, failed: 3, skipped: 3, retried: 0 });
  });

  test('is green when all pass', async () => {
    const total = totalOf(await runTests(fixture('green'), some));
    expect(total).toEqual({ passed: 1, failed: 0, skipped: 0, retried: 0 });
    expect(isGreen(total)).toBe(true);
  });

  test('tells of a test that passed only at the second try', async () => {
    const total = totalOf(await runTests(fixture('unsteady'), some));
    expect(total).toEqual({ passed: 1, failed: 0, skipped: 0, retried: 1 });
  });

  test('is red for a promise that was left behind', async () => {
    const total = totalOf(await runTests(fixture('stray'), some));
    expect(total).toEqual({ passed: 2, failed: 1, skipped: 0, retried: 0 });
  });

  test('is red when a filter matches nothing', async () => {
    const total = totalOf(await runTests(fixture('green'), { ...some, rest: ['no-such-file'] }));
    expect(total).toEqual({ passed: 0, failed: 1, skipped: 0, retried: 0 });
    expect(isGreen(total)).toBe(false);
  });

  test('of everything is red for each project without a test', async () => {
    const total = totalOf(await runTests(fixture('green'), { ...some, isEverything: true }));
    expect(total).toEqual({ passed: 1, failed: 4, skipped: 0, retried: 0 });
  });
});

function fixture(name: string): string {
  return path.join(import.meta.dirname, 'fixtures', name);
}
