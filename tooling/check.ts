// npm run check               every check
// npm run check -- lint types these only
import { runChecks } from './check/run-checks.ts';
import { root } from './build/packages.ts';

const { failed } = await runChecks(root, process.argv.slice(2));
process.exitCode = failed === 0 ? 0 : 1;
