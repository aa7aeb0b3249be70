import { cp } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { folderOf } from './packages.ts';

/** Builds the hosted pages as their own vite.config.ts says. */
export async function buildPages(): Promise<void> {
  await build({ root: folderOf('portal'), logLevel: 'warn' });
}

/** Copies the built hosted pages into the server. */
export async function copyPages(): Promise<void> {
  const from = path.join(folderOf('portal'), 'dist');
  await cp(from, path.join(folderOf('server'), 'dist/pages'), { recursive: true });
}
