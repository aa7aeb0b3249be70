import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Contestant } from './contestant.ts';
import { entrants, peers, type Starter } from './entrants.ts';
import { measureGrowth } from './growth/measure.ts';
import { describeMachine } from './machine.ts';
import { countSignatures, measure, type Plan } from './measure.ts';
import { residentMemory } from './process-use.ts';
import { sumUp, writeTables } from './report.ts';
import { measureStart } from './start.ts';

/*
 * Measures every contestant side by side. Seconds differ from machine to machine; the
 * multiples of the floor, the first contestant, are what counts. See docs/performance.md.
 */

const { values } = parseArgs({
  options: {
    /** Also the servers of others; their packages are installed first. */
    peers: { type: 'boolean', default: false },
    /** Names of contestants with commas between them. The first is the one to compare with. */
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    /** How long one slice is to last. */
    seconds: { type: 'string', default: '0.6' },
    /** How long each operation is done before anything is measured, at the highest concurrency. */
    'warm-up': { type: 'string', default: '2' },
    concurrency: { type: 'string', default: '1,16,64' },
    /** Willcall over a full store against an empty one, in place of the contestants. */
    growth: { type: 'boolean', default: false },
    /** How often both servers are started for it; each start has all rounds. */
    starts: { type: 'string', default: '1' },
    /** Of the full store; users and sessions are a tenth of it each. */
    tickets: { type: 'string', default: '10000000' },
    /** Figures for programs in place of tables. */
    json: { type: 'boolean', default: false },
  },
});

const plan: Plan = {
  rounds: positive('rounds', values.rounds),
  seconds: positive('seconds', values.seconds),
  warmUpSeconds: positive('warm-up', values['warm-up']),
  concurrencies: values.concurrency.split(',').map((each) => positive('concurrency', each)),
};
const starters = chosen({ ...entrants, ...(values.peers ? peers : {}) });
const tickets = positive('tickets', values.tickets);
const starts = positive('starts', values.starts);

/** What was measured, for programs and for people. */
interface Report {
  readonly json: object;
  readonly lines: readonly string[];
}

const folder = await mkdtemp(path.join(tmpdir(), 'willcall-bench-'));
try {
  const { json, lines } = values.growth ? await grow() : await compete();
  const machine = describeMachine(folder);
  const head = [
    `Node ${machine.node}, ${machine.cores} cores (${machine.processor})`,
    `A commit of one row: ${Math.round(machine.commitMicroseconds)} µs, an RS256 signature: ${Math.round(machine.signatureMicroseconds)} µs`,
    `Load average at the end: ${machine.loadAverage.map(short).join(' ')}`,
    `Rounds: ${plan.rounds}, seconds of a slice: ${plan.seconds}, of warming up: ${plan.warmUpSeconds}`,
  ];
  if (values.json) console.log(JSON.stringify({ machine, plan, ...json }, null, 2));
  else console.log([head.join('\n'), ...lines].join('\n\n'));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function compete(): Promise<Report> {
  const contestants: Contestant[] = [];
  try {
    for (const [name, start] of Object.entries(starters)) {
      contestants.push(...(await start(await below(name))));
    }
    const names = contestants.map(({ name }) => name);
    const figures = sumUp(await measure(contestants, plan), names[0] ?? '');
    const memory = await Promise.all(
      contestants.map(async ({ name, pid }) => ({
        contestant: name,
        mebibytes: await residentMemory(pid),
      })),
    );
    const signatures = await countSignatures(contestants);
    const start = await measureStart(await below('start'), plan.rounds);
    const resident = memory.map((each) => `${each.contestant} ${Math.round(each.mebibytes)}`);
    return {
      json: { figures, memory, signatures, start },
      lines: [
        writeTables(figures, names),
        `Resident memory of the servers, MiB: ${resident.join(', ')}`,
        ...signatures.map(
          ({ contestant, redeem, refresh }) =>
            `Signatures of ${contestant} for a call: redeem ${redeem}, refresh ${refresh}`,
        ),
        `Start to first answer: bare ${short(start.bareMilliseconds)} ms, ` +
          `willcall ${short(start.willcallMilliseconds)} ms, ×${start.multiple.toFixed(2)}`,
      ],
    };
  } finally {
    await Promise.all(contestants.map((each) => each.stop()));
  }
}

async function grow(): Promise<Report> {
  const tenth = Math.ceil(tickets / 10);
  const rows = { tickets, users: tenth, sessions: tenth };
  const growth = await measureGrowth(await below('growth'), rows, { ...plan, starts });
  const { purge } = growth;
  return {
    json: growth,
    lines: [
      `${tickets} tickets, ${tenth} users, ${tenth} sessions: ` +
        `${Math.round(growth.fileMebibytes)} MiB, filled in ${short(growth.fillSeconds)} s; ` +
        `${starts} starts of both servers`,
      writeTables(growth.figures, ['empty', 'grown']),
      `Resident memory of the servers, MiB: empty ${Math.round(growth.emptyMemoryMebibytes)}, ` +
        `grown ${Math.round(growth.grownMemoryMebibytes)}`,
      `Purge of ${purge.removed} tickets in ${short(purge.seconds)} s beside refreshes at 16 at once: ` +
        `${Math.round(purge.calmPerSecond)} a second before, ${Math.round(purge.besidePerSecond)} ` +
        `beside it, ${short(purge.worstMilliseconds)} ms at worst`,
    ],
  };
}

function chosen(all: Readonly<Record<string, Starter>>): Readonly<Record<string, Starter>> {
  if (values.only === undefined) return all;
  return Object.fromEntries(
    values.only.split(',').map((name) => {
      const start = all[name];
      if (!start) refuse(`--only: ${name} is none of ${Object.keys(all).join(', ')}.`);
      return [name, start];
    }),
  );
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) refuse(`--${option}: ${text} is no number above 0.`);
  return value;
}

function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}

async function below(name: string): Promise<string> {
  const place = path.join(folder, name);
  await mkdir(place);
  return place;
}

function short(value: number): string {
  return value < 100 ? value.toFixed(1) : value.toFixed(0);
}
