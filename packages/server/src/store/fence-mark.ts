import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Fence, furthest } from '../domain/instance/fence.ts';
import { syncFolder } from './sync.ts';

/** A mark that cannot be read or written. The message says where, and what to do. */
export class FenceMarkError extends Error {}

/**
 * The copy of the fence that lies apart from the data: whoever puts an old data folder back
 * does not put this back with it. `undefined` where none was kept yet.
 */
export async function readFenceMark(
  folder: string,
  instanceId: string,
): Promise<Fence | undefined> {
  const place = placeOf(folder, instanceId);
  try {
    return parse(await readFile(place, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unusable(place, error);
  }
}

/** Keeps the mark durably, as a whole or not at all. One that is further already stays. */
export async function writeFenceMark(
  folder: string,
  instanceId: string,
  fence: Fence,
): Promise<void> {
  const { epoch, mark } = furthest(fence, await readFenceMark(folder, instanceId));
  const place = placeOf(folder, instanceId);
  const draft = `${place}.${process.pid}`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(draft, `${JSON.stringify({ epoch, mark })}\n`, { mode: 0o600, flush: true });
    await rename(draft, place);
    await syncFolder(folder);
  } catch (error) {
    throw unusable(place, error);
  }
}

function placeOf(folder: string, instanceId: string): string {
  return path.join(folder, `${instanceId}.json`);
}

function parse(written: string): Fence {
  const { epoch, mark } = JSON.parse(written) as Partial<Record<string, unknown>>;
  if (!Number.isSafeInteger(epoch) || !Number.isSafeInteger(mark))
    throw new TypeError('it holds no mark');
  return { epoch: Number(epoch), mark: Number(mark) };
}

function unusable(place: string, error: unknown): FenceMarkError {
  const reason = error instanceof Error ? error.message : String(error);
  return new FenceMarkError(
    `The fence mark ${place} cannot be used: ${reason}. Mend the folder that WILLCALL_FENCE_DIR names. ` +
      "Where the mark itself is lost, remove it and end everything from before: 'willcall fence raise'.",
    { cause: error },
  );
}
