import path from 'node:path';
import { tsc } from '../source/tools.ts';
import { runTool } from './run-tool.ts';
import { repositoryFiles, typeScriptFiles } from './source-files.ts';
import type { Outcome } from './outcome.ts';

/**
 * Compiles every project (a folder with a tsconfig.json) without writing anything. A
 * TypeScript file that belongs to no project is a violation too: nobody would check it.
 */
export async function checkTypes(root: string): Promise<Outcome> {
  const files = await repositoryFiles(root);
  const projects = files.filter((file) => path.basename(file) === 'tsconfig.json');
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const project of projects) {
    const { code, stdout } = await runTool(tsc, ['-p', project, '--noEmit', '--listFiles'], root);
    const lines = stdout.split('\n').filter((line) => line !== '');
    for (const line of lines.filter(isFile)) seen.add(path.relative(root, line));
    const errors = lines.filter((line) => !isFile(line));
    problems.push(...errors);
    if (code !== 0 && errors.length === 0) problems.push(`${project}: tsc ended with ${code}.`);
  }
  const own = await typeScriptFiles(root);
  const left = own.filter((file) => !seen.has(file));
  problems.push(...left.map((file) => `${file}: no tsconfig.json includes it.`));
  const unit = `files in ${projects.length} projects`;
  return { count: own.length - left.length, unit, problems };
}

function isFile(line: string): boolean {
  return path.isAbsolute(line) && /\.([cm]?[jt]sx?|json)$/.test(line);
}
