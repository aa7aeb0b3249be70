import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import path from 'node:path';

/** The script of an installed command, to be run with Node: `bin('oxlint')`. */
export function bin(packageName: string, command = packageName): string {
  const manifest = findPackageJSON(packageName, import.meta.url);
  if (manifest === undefined) throw new Error(`${packageName} is not installed.`);
  const { bin: commands } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const file = typeof commands === 'string' ? commands : commands[command];
  if (file === undefined) throw new Error(`${packageName} has no command ${command}.`);
  return path.join(path.dirname(manifest), file);
}

/** The TypeScript compiler. */
export const tsc = bin('typescript', 'tsc');
