import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Contestant, operations } from './contestant.ts';
import { startBare } from './contestants/bare.ts';
import { startWillcall } from './contestants/willcall.ts';
import { sendLoad } from './load.ts';
import { type Sample, writeTable } from './report.ts';

/*
 * Measures every contestant side by side: in each round all of them do each operation, one
 * after the other, for a slice of time. Seconds differ from machine to machine; the
 * multiples of the floor are what counts.
 */

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    /** How long one slice is to last. */
    milliseconds: { type: 'string', default: '600' },
    concurrency: { type: 'string', default: '1,16,64' },
    only: { type: 'string' },
  },
});

const starters: Readonly<Record<string, (folder: string) => Promise<Contestant>>> = {
  floor: (folder) => startBare(folder, false),
  yardstick: (folder) => startBare(folder, true),
  willcall: startWillcall,
};

const folder = await mkdtemp(path.join(tmpdir(), 'willcall-bench-'));
const contestants: Contestant[] = [];
try {
  for (const [name, start] of Object.entries(starters)) {
    if (values.only && !values.only.split(',').includes(name)) continue;
    const own = path.join(folder, name);
    await mkdir(own);
    contestants.push(await start(own));
  }
  const samples = await measure();
  console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})`);
  console.log(
    `Load average at the end: ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}\n`,
  );
  console.log(writeTable(samples));
} finally {
  await Promise.all(contestants.map((each) => each.stop()));
  await rm(folder, { recursive: true, force: true });
}

async function measure(): Promise<Sample[]> {
  const samples: Sample[] = [];
  const counts = new Map<string, number>();
  // Round 0 warms up, and tells how many calls fill a slice.
  for (let round = 0; round <= Number(values.rounds); round += 1) {
    for (const concurrency of values.concurrency.split(',').map(Number)) {
      for (const operation of operations) {
        for (const contestant of contestants) {
          const key = `${contestant.name} ${operation} ${concurrency}`;
          const count = counts.get(key) ?? 20 * concurrency + 200;
          const requests = await contestant.prepare(operation, count);
          const slice = await sendLoad(contestant.port, requests, concurrency);
          const wanted = (slice.perSecond * Number(values.milliseconds)) / 1000;
          counts.set(key, Math.max(concurrency * 2, Math.round(wanted)));
          if (round > 0) {
            samples.push({ contestant: contestant.name, operation, concurrency, ...slice });
          }
        }
      }
    }
    console.error(`round ${round} of ${values.rounds}`);
  }
  return samples;
}
