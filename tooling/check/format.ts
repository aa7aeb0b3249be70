import path from 'node:path';
import { root as repository } from '../build/packages.ts';
import { bin } from '../source/tools.ts';
import { runTool } from './run-tool.ts';
import type { Outcome } from './outcome.ts';

/** Asks oxfmt whether each file that it can format looks as `npm run format` would leave it. */
export async function checkFormat(root: string): Promise<Outcome> {
  const settings = path.join(repository, '.oxfmtrc.json');
  const args = ['--config', settings, '--check', '--no-error-on-unmatched-pattern'];
  const { code, stdout, stderr } = await runTool(bin('oxfmt'), args, root);
  const count = Number(/\bon (\d+) files/.exec(stdout)?.[1] ?? 0);
  const listed = stdout.split('\n').filter((line) => /\(\d+ms\)$/.test(line));
  const problems = listed.map((line) => `${line.replace(/ \(\d+ms\)$/, '')}: not formatted.`);
  if (code !== 0 && problems.length === 0) problems.push(stderr || stdout);
  return { count, unit: 'files', problems };
}
