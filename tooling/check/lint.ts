import path from 'node:path';
import { root as repository } from '../build/packages.ts';
import { bin } from '../source/tools.ts';
import { runTool } from './run-tool.ts';
import type { Outcome } from './outcome.ts';

/** What oxlint writes with `--format json`, as far as it is read here. */
interface Report {
  readonly number_of_files: number;
  readonly diagnostics: readonly {
    readonly code?: string;
    readonly message: string;
    readonly filename: string;
    readonly labels: readonly { readonly span?: { readonly line?: number } }[];
  }[];
}

/** Runs oxlint with the rules of .oxlintrc.json, those that need types included. */
export async function checkLint(root: string): Promise<Outcome> {
  const settings = path.join(repository, '.oxlintrc.json');
  const args = ['--config', settings, '--type-aware', '--format', 'json'];
  const always = ['--deny-warnings', '--report-unused-disable-directives'];
  const { code, stdout, stderr } = await runTool(bin('oxlint'), [...args, ...always], root);
  const start = stdout.indexOf('{');
  if (start === -1) throw new Error(`oxlint gave no report. ${stderr || stdout}`);
  const { number_of_files: count, diagnostics } = JSON.parse(stdout.slice(start)) as Report;
  const problems = diagnostics.map(({ code: rule = 'syntax', message, filename, labels }) => {
    const line = labels[0]?.span?.line;
    return `${filename}${line === undefined ? '' : `:${line}`}: ${message} (${rule})`;
  });
  if (code !== 0 && count > 0 && problems.length === 0) problems.push(stderr || stdout);
  return { count, unit: 'files', problems };
}
