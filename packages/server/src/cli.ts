#!/usr/bin/env node
// The command `willcall`. This file runs on any Node, so that an old one gets a sentence
// and not a failed import; everything else is loaded after the check.
import { describeOldNode } from './cli/node-check.ts';

const complaint = describeOldNode(process.versions);
if (complaint === undefined) {
  const { runCommandLine } = await import('./cli/run.ts');
  process.exitCode = await runCommandLine(process.argv.slice(2));
} else {
  process.stderr.write(`${complaint}\n`);
  process.exitCode = 1;
}
