import { readdir, readFile } from 'node:fs/promises';
import { constants, getPriority, setPriority } from 'node:os';

/** How much nicer the threads are than the event loop. */
const moreNice = 10;

/**
 * Lets the threads that sign and hash give way to the event loop: all of them are busy when many
 * sign in at once, and what they wait for next only it can bring. On Linux alone, where each
 * thread has a priority of its own (setpriority(2), "C library/kernel differences"); elsewhere,
 * and where it is not allowed, nothing changes.
 */
export async function lowerPoolPriority(): Promise<void> {
  const tasks = '/proc/self/task';
  const niceness = Math.min(getPriority() + moreNice, constants.priority.PRIORITY_LOW);
  const ids = await readdir(tasks).catch(() => []);
  for (const id of ids) {
    const name = await readFile(`${tasks}/${id}/comm`, 'utf8').catch(() => '');
    if (!name.startsWith('libuv-worker')) continue;
    try {
      setPriority(Number(id), niceness);
    } catch {
      return;
    }
  }
}
