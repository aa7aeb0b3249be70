import { open } from 'node:fs/promises';

/** Waits until the names in a folder are on disk: a rename is not durable before that. */
export const syncFolder = (folder: string): Promise<void> => sync(folder, 'r');

/** Waits until a file is on disk. */
export const syncFile = (file: string): Promise<void> => sync(file, 'r+');

async function sync(place: string, flags: string): Promise<void> {
  const handle = await open(place, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
