import { readFile } from 'node:fs/promises';

/** What the kernel counts a tick of processor time as. Milliseconds; the same on every Linux. */
const tick = 10;

/** Processor time that a process has used so far, its threads included. Milliseconds; `NaN` where this is no Linux. */
export async function processorTime(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name in brackets may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tick;
}

/** The memory of a process that lies in RAM. Mebibytes; `NaN` where this is no Linux. */
export async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
