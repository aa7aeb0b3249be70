import path from 'node:path';
import { type Child, startChild } from './child.ts';
import { collect } from './load.ts';
import { writeRequest } from './connection.ts';
import { bareScript } from './contestants/bare.ts';
import { callsOf, makeInstance, portOf, serveInstance } from './contestants/willcall.ts';
import { median } from './report.ts';

/** From the start of the process to its first answer that needed the database. */
export interface Start {
  readonly bareMilliseconds: number;
  readonly willcallMilliseconds: number;
  /** The median of the multiples of each round. */
  readonly multiple: number;
}

/** Starts a bare server and Willcall in turns, each over a database that is there. */
export async function measureStart(folder: string, rounds: number): Promise<Start> {
  const instance = await makeInstance(folder);
  const { issue, createUsers } = callsOf(instance.key);
  const first = await serveInstance(instance);
  const [userId = ''] = await createUsers(portOf(first), 1);
  await first.stop();
  const bareFile = path.join(folder, 'bare.db');
  const bareIssue = writeRequest('POST', '/issue', { form: { user: '1' } });

  const bare = () => startChild(bareScript, [bareFile], { cwd: folder });
  const barePort = ({ firstLine }: Child) => Number(firstLine);
  await timeStart(bare, barePort, bareIssue);
  const taken: { bare: number; willcall: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    taken.push({
      bare: await timeStart(bare, barePort, bareIssue),
      willcall: await timeStart(() => serveInstance(instance), portOf, issue(userId)),
    });
  }
  return {
    bareMilliseconds: median(taken.map((each) => each.bare)),
    willcallMilliseconds: median(taken.map((each) => each.willcall)),
    multiple: median(taken.map((each) => each.willcall / each.bare)),
  };
}

async function timeStart(
  start: () => Promise<Child>,
  port: (child: Child) => number,
  request: Buffer,
): Promise<number> {
  const begun = performance.now();
  const child = await start();
  try {
    await collect(port(child), [request]);
    return performance.now() - begun;
  } finally {
    await child.stop();
  }
}
