import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Contestant } from './contestant.ts';
import { entrants, peers, type Starter } from './entrants.ts';
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
    concurrency: { type: 'string', default: '1,16,64' },
    /** Figures for programs in place of tables. */
    json: { type: 'boolean', default: false },
  },
});

const plan: Plan = {
  rounds: positive('rounds', values.rounds),
  seconds: positive('seconds', values.seconds),
  concurrencies: values.concurrency.split(',').map((each) => positive('concurrency', each)),
};
const starters = chosen({ ...entrants, ...(values.peers ? peers : {}) });

const folder = await mkdtemp(path.join(tmpdir(), 'willcall-bench-'));
const contestants: Contestant[] = [];
try {
  for (const [name, start] of Object.entries(starters)) {
    contestants.push(...(await start(await below(name))));
  }
  const names = contestants.map(({ name }) => name);
  const figures = sumUp(await measure(contestants, plan), names[0] ?? '');
  const memory = await readMemory();
  const signatures = await countSignatures(contestants);
  const start = await measureStart(await below('start'), plan.rounds);
  const machine = {
    node: process.version,
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    loadAverage: loadavg(),
  };
  if (values.json) {
    console.log(JSON.stringify({ machine, plan, figures, memory, signatures, start }, null, 2));
  } else {
    console.log(`Node ${machine.node}, ${machine.cores} cores (${machine.processor})`);
    console.log(`Load average at the end: ${machine.loadAverage.map(short).join(' ')}`);
    console.log(`Rounds: ${plan.rounds}, seconds of a slice: ${plan.seconds}\n`);
    console.log(`${writeTables(figures, names)}\n`);
    console.log(`Memory at the end: ${memory.map(writeMemory).join(', ')}`);
    for (const { contestant, redeem, refresh } of signatures) {
      console.log(`Signatures of ${contestant} for a call: redeem ${redeem}, refresh ${refresh}`);
    }
    console.log(
      `Start to first answer: bare ${short(start.bareMilliseconds)} ms, ` +
        `willcall ${short(start.willcallMilliseconds)} ms, ×${start.multiple.toFixed(2)}`,
    );
  }
} finally {
  await Promise.all(contestants.map((each) => each.stop()));
  await rm(folder, { recursive: true, force: true });
}

async function readMemory(): Promise<{ contestant: string; mebibytes: number }[]> {
  return Promise.all(
    contestants.map(async ({ name, pid }) => ({
      contestant: name,
      mebibytes: await residentMemory(pid),
    })),
  );
}

function writeMemory({ contestant, mebibytes }: { contestant: string; mebibytes: number }): string {
  return `${contestant} ${Math.round(mebibytes)} MiB`;
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
