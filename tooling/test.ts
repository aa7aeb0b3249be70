// npm test                    every check, a build, every test; ends with `N passed, N failed`
// npm run test:nightly        the same with longer versions of some tests
// npm test -- redeem          only tests in files whose path contains `redeem`
// npm test -- unit redeem     the same within one project: unit, integration, conformance or e2e
// npm test -- -t 'works once' what begins with a dash goes to vitest as it is, and so does what follows
import { root } from './build/packages.ts';
import { runChecks } from './check/run-checks.ts';
import { readArguments } from './test/arguments.ts';
import { runBuild } from './test/build.ts';
import { describeTotals, isGreen, nothing, totalOf, type Count } from './test/count.ts';
import { runVariants } from './test/variants.ts';
import { runTests } from './test/vitest.ts';

const { isNightly, projects, rest } = readArguments(process.argv.slice(2));
if (isNightly) process.env['WILLCALL_NIGHTLY'] = '1';
const isEverything = projects.length === 0 && rest.length === 0;

const counts: Count[] = [];
if (isEverything) counts.push({ ...nothing, ...(await runChecks(root)) });
// The tests of units read sources; the others start what is built.
if (projects.join() !== 'unit') counts.push(await runBuild(root));
counts.push(...(await runTests(root, { projects, rest, isEverything })));
if (isNightly && isEverything) counts.push(...(await runVariants(root)));

const total = totalOf(counts);
console.log(describeTotals(total));
process.exitCode = isGreen(total) ? 0 : 1;
