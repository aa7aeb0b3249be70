import { type Contestant, type Operation, operations, shuffled } from './contestant.ts';
import { collect, sendLoad } from './load.ts';
import { processorTime } from './process-use.ts';

/** What one contestant did in one round. */
export interface Sample {
  readonly contestant: string;
  readonly operation: Operation;
  readonly concurrency: number;
  readonly round: number;
  readonly perSecond: number;
  /** Milliseconds of each call, in no order. */
  readonly latencies: Float64Array;
  /** Processor time of the server's process for a call. Microseconds. */
  readonly processorMicroseconds: number;
}

export interface Plan {
  readonly rounds: number;
  /** How long one slice is to last. */
  readonly seconds: number;
  /** How long each operation is done before anything is measured. */
  readonly warmUpSeconds: number;
  readonly concurrencies: readonly number[];
}

/**
 * In each round all contestants do each operation, one after the other in an order that is
 * drawn anew, each for a slice of time. Throws at the first answer that is no success.
 */
export async function measure(contestants: readonly Contestant[], plan: Plan): Promise<Sample[]> {
  for (const contestant of contestants) await warmUp(contestant, plan);
  const samples: Sample[] = [];
  const counts = new Map<string, number>();
  // Round 0 tells how many calls fill a slice.
  for (let round = 0; round <= plan.rounds; round += 1) {
    for (const concurrency of plan.concurrencies) {
      for (const operation of operations) {
        for (const contestant of shuffled(contestants.filter((each) => does(each, operation)))) {
          const key = `${contestant.name} ${operation} ${concurrency}`;
          const count = counts.get(key) ?? firstCount(plan, concurrency);
          const sample = await takeSlice(contestant, operation, { concurrency, count, round });
          const wanted = Math.round(sample.perSecond * plan.seconds);
          counts.set(key, Math.max(concurrency * 2, wanted));
          if (round > 0) samples.push(sample);
        }
      }
    }
    console.error(`round ${round} of ${plan.rounds}`);
  }
  return samples;
}

/** A server that runs for long has compiled its code for the machine, which takes thousands of calls. */
async function warmUp(contestant: Contestant, plan: Plan): Promise<void> {
  const concurrency = Math.max(...plan.concurrencies);
  for (const operation of operations.filter((each) => does(contestant, each))) {
    let count = firstCount(plan, concurrency);
    for (let warmed = 0; warmed < plan.warmUpSeconds;) {
      const { perSecond } = await takeSlice(contestant, operation, {
        concurrency,
        count,
        round: 0,
      });
      warmed += count / perSecond;
      count = Math.ceil(Math.min(perSecond, 5000) / 2);
    }
  }
  console.error(`${contestant.name} is warm`);
}

/** As many as a slow server does in a slice. */
function firstCount({ seconds }: Plan, concurrency: number): number {
  return Math.ceil(concurrency + 400 * seconds);
}

async function takeSlice(
  contestant: Contestant,
  operation: Operation,
  { concurrency, count, round }: { concurrency: number; count: number; round: number },
): Promise<Sample> {
  const requests = await contestant.prepare(operation, count);
  const before = await processorTime(contestant.pid);
  const slice = await sendLoad(contestant.port, requests, {
    concurrency,
    mark: contestant.marks[operation],
  }).catch((cause: unknown) => {
    throw new Error(`${contestant.name} failed at ${operation}`, { cause });
  });
  const used = (await processorTime(contestant.pid)) - before;
  const processorMicroseconds = (used * 1000) / count;
  const { name } = contestant;
  return { contestant: name, operation, concurrency, round, ...slice, processorMicroseconds };
}

/** How many signatures a contestant makes for one call. */
export interface Signatures {
  readonly contestant: string;
  readonly redeem: number;
  readonly refresh: number;
}

const countedCalls = 100;

/**
 * Counts the different session tokens in the answers: each has an id of its own, so that a
 * token that is given again shows. All refreshes are of one session, one after the other.
 */
export async function countSignatures(contestants: readonly Contestant[]): Promise<Signatures[]> {
  const counted: Signatures[] = [];
  for (const contestant of contestants) {
    if (!contestant.readToken) continue;
    const share = async (operation: 'redeem' | 'refresh', requests: readonly Buffer[]) => {
      const answers = await collect(contestant.port, requests, 1);
      const tokens = answers.map(({ body }) => contestant.readToken?.(operation, body));
      return new Set(tokens).size / requests.length;
    };
    const [refresh] = await contestant.prepare('refresh', 1);
    counted.push({
      contestant: contestant.name,
      redeem: await share('redeem', await contestant.prepare('redeem', countedCalls)),
      refresh: await share('refresh', Array<Buffer>(countedCalls).fill(refresh as Buffer)),
    });
  }
  return counted;
}

function does(contestant: Contestant, operation: Operation): boolean {
  return (contestant.operations ?? operations).includes(operation);
}
