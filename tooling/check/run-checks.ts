import { checks } from './checks.ts';
import { describe, isGood, type Outcome } from './outcome.ts';

/**
 * Runs the named checks, or all, and prints a line for each. Refuses a name that no check
 * has. A check that breaks has failed.
 */
export async function runChecks(
  root: string,
  names: readonly string[] = [],
): Promise<{ passed: number; failed: number }> {
  const unknown = names.filter((name) => !(name in checks));
  if (unknown.length > 0) {
    const known = Object.keys(checks).join(', ');
    throw new TypeError(`There is no check ${unknown.join(', ')}. There are: ${known}.`);
  }
  let failed = 0;
  const chosen = Object.entries(checks).filter(([name]) => !names.length || names.includes(name));
  for (const [name, check] of chosen) {
    const outcome = await check(root).catch(broken);
    if (!isGood(outcome)) failed += 1;
    console.log(describe(name, outcome));
  }
  return { passed: chosen.length - failed, failed };
}

function broken(error: unknown): Outcome {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { count: 0, unit: 'files', problems: [`The check itself broke. ${reason}`] };
}
