import { StoreUnavailable } from '../domain/store.ts';

/** How calls are run, each kind by a statement of its own. */
export interface Batching<Call, Result> {
  /**
   * Runs several as one, once, and answers them in their order. Rejects where nothing of it was
   * done; with `StoreUnavailable` where that is not known, or trying again does not help.
   */
  together(calls: readonly Call[]): Promise<readonly Result[]>;
  alone(call: Call): Promise<Result>;
}

type TakeTurn = <Result>(run: () => Promise<Result>) => Promise<Result>;

interface Waiting<Call, Result> {
  readonly call: Call;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

interface Queue<Call, Result> {
  readonly waiting: Waiting<Call, Result>[];
  isSent: boolean;
}

/** Calls that are run as one at most: a power of two. */
const mostTogether = 16;

/** A statement that takes longer, since somebody holds a row of it, lets the next one go. Milliseconds. */
const slowAfter = 25;

/**
 * Lets calls of a kind that wait at the same time go as one. What comes while a statement of its
 * kind is under way waits for the next; a lone call goes at once. Where a statement did nothing,
 * its calls run again, each alone, so that each fails or succeeds by itself.
 */
export function openBatches<Call, Result>(
  takeTurn: TakeTurn,
  { together, alone }: Batching<Call, Result>,
): (kind: object, call: Call) => Promise<Result> {
  const queues = new Map<object, Queue<Call, Result>>();

  async function sendAll(queue: Queue<Call, Result>): Promise<void> {
    if (queue.isSent) return;
    queue.isSent = true;
    while (queue.waiting.length > 0) {
      // After this turn's input: what arrived with it is in the queue by then.
      await new Promise(setImmediate);
      await sendSome(queue);
    }
    queue.isSent = false;
  }

  /** Resolves when the statement is done, or takes long. */
  function sendSome(queue: Queue<Call, Result>): Promise<void> {
    return new Promise((goOn) => {
      const taking = takeTurn(async () => {
        const timer = setTimeout(goOn, slowAfter);
        await run(queue.waiting.splice(0, sizeOfBatch(queue.waiting.length)));
        clearTimeout(timer);
      });
      const refuseAll = (reason: unknown) => {
        for (const { reject } of queue.waiting.splice(0)) reject(reason);
      };
      void taking.catch(refuseAll).finally(goOn);
    });
  }

  async function run(batch: readonly Waiting<Call, Result>[]): Promise<void> {
    const [first, ...others] = batch;
    if (!first) return;
    if (others.length === 0) return alone(first.call).then(first.resolve, first.reject);
    try {
      const results = await together(batch.map(({ call }) => call));
      for (const [at, { resolve }] of batch.entries()) resolve(results[at] as Result);
    } catch (error) {
      for (const { call, resolve, reject } of batch) {
        if (error instanceof StoreUnavailable) reject(error);
        else void takeTurn(() => alone(call)).then(resolve, reject);
      }
    }
  }

  return (kind, call) =>
    new Promise((resolve, reject) => {
      const queue = queues.get(kind) ?? { waiting: [], isSent: false };
      queues.set(kind, queue);
      queue.waiting.push({ call, resolve, reject });
      void sendAll(queue);
    });
}

/** Gives the same texts the same object: it is found faster than long texts put together. */
export function openKinds(): (texts: readonly string[]) => object {
  interface Kind {
    readonly next: Map<string, Kind>;
  }
  const root: Kind = { next: new Map() };
  return (texts) => {
    let kind = root;
    for (const text of texts) {
      const known = kind.next.get(text) ?? { next: new Map<string, Kind>() };
      kind.next.set(text, known);
      kind = known;
    }
    return kind;
  };
}

/** How many of those that wait go as one: powers of two alone, since each size is a statement that every connection prepares. */
export function sizeOfBatch(waiting: number): number {
  return Math.min(2 ** Math.floor(Math.log2(waiting)), mostTogether);
}
