import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Contestant, type Operation, operations } from './contestant.ts';
import { entrants } from './entrants.ts';
import { measure } from './measure.ts';

/**
 * How much processor time a call may take, as a multiple of what the floor takes in the same run:
 * about twice what it does. It is for what makes a call much slower; what a call asks of the
 * database is counted, in packages/server/test/work-of-calls.test.ts.
 */
const most: Readonly<Record<Operation, number>> = {
  issue: 1,
  redeem: 1.7,
  refresh: 1.9,
  verify: 1.4,
};

const plan = { rounds: 5, seconds: 0.2, warmUpSeconds: 1, concurrencies: [64] };

test('no call takes more of the processor than it may, beside the floor', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-regression-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const contestants: Contestant[] = [];
  onTestFinished(async () => {
    for (const each of contestants) await each.stop();
  });
  for (const name of ['floor', 'willcall']) {
    const own = path.join(folder, name);
    await mkdir(own);
    contestants.push(...((await entrants[name]?.(own)) ?? []));
  }
  const samples = await measure(contestants, plan);
  // Whatever else the machine does adds to it, so that the least is what the call takes.
  const least = (contestant: string, operation: Operation) =>
    Math.min(
      ...samples
        .filter((each) => each.contestant === contestant && each.operation === operation)
        .map(({ processorMicroseconds }) => processorMicroseconds),
    );
  const multiples = operations.map((operation) => ({
    operation,
    multiple: least('willcall', operation) / least('floor', operation),
  }));
  for (const { operation, multiple } of multiples)
    expect.soft(multiple, operation).toBeLessThan(most[operation]);
});
