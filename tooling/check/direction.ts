import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readImports } from '../source/imports.ts';
import { lineAt } from '../source/parse.ts';
import { findCycles } from './direction/cycles.ts';
import { judgeFile, judgePackage } from './direction/judge.ts';
import { placeOf } from './direction/place.ts';
import { createResolver } from './direction/resolve.ts';
import { sourceFiles } from './source-files.ts';
import type { Outcome } from './outcome.ts';

/** Names that say nothing of what lies inside. */
const emptyNames = /(^|\/)(shared|utils|common|helpers|types)\//;

/**
 * Reads all imports and holds them against the tables in `direction/rules.ts`; refuses
 * cycles among what is loaded at run time, what cannot be resolved or is not declared, and
 * folders with a name that says nothing.
 */
export async function checkDirection(root: string): Promise<Outcome> {
  const files = await sourceFiles(root);
  const resolve = createResolver(root);
  const problems = namelessFolders(files);
  const loads = new Map<string, string[]>();
  let count = 0;
  for (const file of files) {
    const code = await readFile(path.join(root, file), 'utf8');
    const from = placeOf(file);
    const loaded: string[] = [];
    if (!from) problems.push(`${file}: lies where no rule speaks of it.`);
    for (const each of readImports(file, code)) {
      if (each.specifier === undefined || !from) continue;
      count += 1;
      const target = resolve(file, each.specifier, each.isTypeOnly);
      if (target.kind === 'file' && !each.isTypeOnly) loaded.push(target.file);
      const wrong =
        target.kind === 'file' ? judgeFile(from, target.file) : judgePackage(from, target);
      if (wrong) problems.push(`${file}:${lineAt(code, each.start)}: ${wrong} (${each.specifier})`);
    }
    loads.set(file, loaded);
  }
  const cycles = findCycles(loads).map((cycle) => `${cycle.join(' → ')}: is a cycle.`);
  return { count, unit: `imports in ${files.length} files`, problems: [...problems, ...cycles] };
}

function namelessFolders(files: readonly string[]): string[] {
  const folders = new Set(
    files.filter((file) => emptyNames.test(file)).map((file) => path.dirname(file)),
  );
  return [...folders].map(
    (folder) => `${folder}: has a folder name that says nothing of its content.`,
  );
}
