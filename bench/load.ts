import { type Answer, type Connection, openConnection } from './connection.ts';

/** How one slice of load went. */
export interface Slice {
  readonly perSecond: number;
  /** Milliseconds of each call, in no order. */
  readonly latencies: Float64Array;
}

/**
 * Sends the requests over so many connections, each of which sends its next when it has its
 * answer. Throws when an answer is no success or lacks the mark of one: what refuses is fast.
 */
export async function sendLoad(
  port: number,
  requests: readonly Buffer[],
  { concurrency, mark }: { readonly concurrency: number; readonly mark: string },
): Promise<Slice> {
  const expected = Buffer.from(mark);
  const latencies = new Float64Array(requests.length);
  let next = 0;
  const milliseconds = await withConnections(port, concurrency, async (connections) => {
    const start = performance.now();
    await Promise.all(
      connections.map(async (connection) => {
        for (let at = next++; at < requests.length; at = next++) {
          const begun = performance.now();
          refuseFailure(await connection.send(requests[at] as Buffer), expected);
          latencies[at] = performance.now() - begun;
        }
      }),
    );
    return performance.now() - start;
  });
  return { perSecond: (requests.length * 1000) / milliseconds, latencies };
}

/** Sends the requests as fast as it goes and keeps the answers, in order. */
export async function collect(
  port: number,
  requests: readonly Buffer[],
  concurrency = 32,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  await withConnections(port, Math.min(concurrency, requests.length), (connections) =>
    Promise.all(
      connections.map(async (connection) => {
        for (let at = next++; at < requests.length; at = next++) {
          const answer = await connection.send(requests[at] as Buffer);
          refuseFailure(answer);
          answers[at] = { ...answer, body: Buffer.from(answer.body) };
        }
      }),
    ),
  );
  return answers;
}

async function withConnections<Result>(
  port: number,
  count: number,
  work: (connections: readonly Connection[]) => Promise<Result>,
): Promise<Result> {
  const connections = await Promise.all(Array.from({ length: count }, () => openConnection(port)));
  try {
    return await work(connections);
  } finally {
    for (const connection of connections) connection.close();
  }
}

function refuseFailure({ status, body }: Answer, mark?: Buffer): void {
  if (status >= 200 && status < 300 && (!mark || body.includes(mark))) return;
  throw new Error(`the server answered ${status}: ${body.toString('utf8', 0, 300)}`);
}
