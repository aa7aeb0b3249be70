import { execFile } from 'node:child_process';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Contestant, shuffled } from '../contestant.ts';
import {
  callsOf,
  command,
  contest,
  type Instance,
  makeInstance,
  portOf,
  serveInstance,
  startWillcall,
} from '../contestants/willcall.ts';
import { sendLoad } from '../load.ts';
import { measure, type Plan, type Sample } from '../measure.ts';
import { residentMemory } from '../process-use.ts';
import { type Figure, median, sumUp } from '../report.ts';
import { copyId, fill, type Rows, type Templates } from './fill.ts';

/** What a full store does to the figures. */
export interface Growth {
  readonly rows: Rows;
  readonly fillSeconds: number;
  readonly fileMebibytes: number;
  /** Of `empty` and `grown`; the multiples are those of `empty`. */
  readonly figures: readonly Figure[];
  readonly emptyMemoryMebibytes: number;
  readonly grownMemoryMebibytes: number;
  readonly purge: PurgeBesideLoad;
}

export interface PurgeBesideLoad {
  readonly removed: number;
  readonly seconds: number;
  /** Refreshes at 16 at once, before the purge and beside it. */
  readonly calmPerSecond: number;
  readonly besidePerSecond: number;
  /** The longest call beside it. Milliseconds. */
  readonly worstMilliseconds: number;
}

/** How many users and sessions take turns: all of the empty store's, and as many from all over the full one. */
const mostPeople = 5000;

/** How growth is measured. */
export interface GrowthPlan extends Plan {
  /** How often both servers are started: a process may be faster or slower than its like by some per cent. */
  readonly starts: number;
}

/** The same load on an empty and on a full instance, in turns; and a purge of the full one. */
export async function measureGrowth(folder: string, rows: Rows, plan: GrowthPlan): Promise<Growth> {
  const fullFolder = await makeFolder(folder, 'grown');
  const instance = await makeInstance(fullFolder);
  const template = await makeTemplates(instance);
  const file = path.join(fullFolder, '.willcall/willcall.db');
  const begun = performance.now();
  const { clientId } = fill(file, template, rows);
  const fillSeconds = (performance.now() - begun) / 1000;
  const fileMebibytes = (await stat(file)).size / 2 ** 20;

  const people = Math.min(rows.users, rows.sessions, mostPeople);
  const samples: Sample[] = [];
  for (let start = 0; ; start += 1) {
    const emptyFolder = await makeFolder(folder, `empty-${start}`);
    const empty = await startWillcall('empty', emptyFolder, undefined, people);
    try {
      const grown = await startGrown(instance, template, clientId, { rows, people });
      try {
        for (const sample of await measure([empty, grown], plan))
          samples.push({ ...sample, round: start * plan.rounds + sample.round });
        if (start + 1 < plan.starts) continue;
        const [emptyMemoryMebibytes, grownMemoryMebibytes] = await Promise.all(
          [empty, grown].map(({ pid }) => residentMemory(pid)),
        );
        return {
          rows,
          fillSeconds,
          fileMebibytes,
          figures: sumUp(samples, 'empty'),
          emptyMemoryMebibytes: emptyMemoryMebibytes ?? Number.NaN,
          grownMemoryMebibytes: grownMemoryMebibytes ?? Number.NaN,
          purge: await purgeBesideLoad(instance, grown, plan),
        };
      } finally {
        await grown.stop();
      }
    } finally {
      await empty.stop();
    }
  }
}

async function makeFolder(folder: string, name: string): Promise<string> {
  const made = path.join(folder, name);
  await mkdir(made);
  return made;
}

interface MadeTemplates extends Templates {
  readonly cookie: string;
}

/** A user, a session and a pending ticket, made through the API. */
async function makeTemplates(instance: Instance): Promise<MadeTemplates> {
  const child = await serveInstance(instance);
  const port = portOf(child);
  const calls = callsOf(instance.key);
  const userIds = await calls.createUsers(port, 1);
  const [session] = await calls.openSessions(port, userIds);
  const [ticket] = await calls.issueTickets(port, userIds);
  await child.stop();
  const [userId] = userIds;
  if (!userId || !session || !ticket) throw new Error('the templates were not made');
  return { userId, sessionId: session.id, cookie: session.cookie, ticketId: ticket.ticketId };
}

async function startGrown(
  instance: Instance,
  { cookie }: MadeTemplates,
  clientId: string,
  { rows, people }: { rows: Rows; people: number },
): Promise<Contestant> {
  const child = await serveInstance(instance);
  const sessions = drawn(rows.sessions, people).map((number) => ({
    id: copyId('sess', number),
    cookie: cookie.replaceAll(bare(clientId), bare(copyId('client', number))),
  }));
  const userIds = drawn(rows.users, people).map((number) => copyId('user', number));
  return contest('grown', instance, child, { userIds, sessions });
}

/** Runs `willcall purge` while refreshes go on. */
async function purgeBesideLoad(
  { folder }: Instance,
  grown: Contestant,
  { seconds }: Plan,
): Promise<PurgeBesideLoad> {
  const refresh = async (count: number) =>
    sendLoad(grown.port, await grown.prepare('refresh', count), {
      concurrency: 16,
      mark: grown.marks.refresh,
    });
  const calm = await refresh(1000);
  const slice = Math.max(64, Math.round(calm.perSecond * seconds));
  const begun = performance.now();
  let purgedIn = 0;
  const purging = promisify(execFile)(
    process.execPath,
    [command, 'purge', '--env-file', 'willcall.env', '--json'],
    { cwd: folder },
  ).finally(() => {
    purgedIn = (performance.now() - begun) / 1000;
  });
  const rates: number[] = [];
  let worst = 0;
  while (purgedIn === 0) {
    const { perSecond, latencies } = await refresh(slice);
    rates.push(perSecond);
    worst = Math.max(worst, ...latencies);
  }
  const { removed } = JSON.parse((await purging).stdout) as {
    removed: { sign_in_tokens: number };
  };
  return {
    removed: removed.sign_in_tokens,
    seconds: purgedIn,
    calmPerSecond: calm.perSecond,
    besidePerSecond: median(rates),
    worstMilliseconds: worst,
  };
}

/** So many different numbers below the given one, in an order that is drawn. */
function drawn(below: number, most: number): number[] {
  return shuffled([...Array(below).keys()], most);
}

/** An id without its prefix: what ticket and cookie hold of it. */
function bare(id: string): string {
  return id.slice(id.indexOf('_') + 1);
}
