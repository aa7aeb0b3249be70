import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { manifestOf, publishedNames, rootManifest } from '../build/packages.ts';
import { npm } from './npm.ts';
import { pack, type Packed } from './pack.ts';

/** An empty project of somebody else, with our packages installed from their tarballs. */
export interface Project {
  readonly folder: string;
  readonly packed: Readonly<Record<string, Packed>>;
  readonly remove: () => Promise<void>;
}

/** What those who use the packages have anyway. */
const companions = [
  'react',
  'react-dom',
  '@types/react',
  '@types/react-dom',
  '@types/node',
  'playwright-core',
];

/** Packs all published packages and installs them, everything else from the registry. */
export async function createProject(): Promise<Project> {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-packaging-'));
  const tarballs = path.join(folder, 'tarballs');
  await mkdir(tarballs);
  const packed: Record<string, Packed> = {};
  for (const name of publishedNames) packed[name] = await pack(name, tarballs);
  const files = Object.entries(packed).map(([name, { tarball }]) => [
    `@willcall/${name}`,
    `file:${tarball}`,
  ]);
  const versions = { ...rootManifest().devDependencies, ...manifestOf('react').devDependencies };
  const others = companions.map((name) => [name, versions[name]]);
  const dependencies: unknown = Object.fromEntries([...files, ...others]);
  const manifest = { name: 'empty', private: true, type: 'module', dependencies };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await npm(folder, 'install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error');
  return { folder, packed, remove: () => rm(folder, { recursive: true }) };
}
