import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { folderOf, root } from './packages.ts';

/** Lays the licence into the folder of a package, from where npm packs it. */
export async function copyLicence(name: string): Promise<void> {
  await copyFile(path.join(root, 'LICENSE'), path.join(folderOf(name), 'LICENSE'));
}

/** Lays the notices of third parties beside what a package was built with. */
export async function copyNotices(name: string): Promise<void> {
  const file = 'THIRD_PARTY_NOTICES.md';
  await copyFile(path.join(root, file), path.join(folderOf(name), 'dist', file));
}
