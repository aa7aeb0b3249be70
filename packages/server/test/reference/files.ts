import { readdir } from 'node:fs/promises';

/** The TypeScript files of a folder and of those below it. */
export async function filesOf(folder: URL): Promise<readonly URL[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.ts')).map((name) => new URL(name, folder));
}
