import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Environment } from '../../config.ts';

/** What is set and without effect: one sentence for each. */
export function environmentWarnings({
  database,
  clerkPackages,
  variables,
}: Environment): readonly string[] {
  return [
    ...(variables['DATABASE_REPLICA_URL'] !== undefined && database === undefined
      ? ['DATABASE_REPLICA_URL is set without DATABASE_URL: no replica is asked.']
      : []),
    ...(clerkPackages !== undefined && !existsSync(path.join(clerkPackages, scripts))
      ? [`WILLCALL_CLERK_PACKAGES is set, and there is no ${scripts} in it: /npm serves nothing.`]
      : []),
  ];
}

const scripts = path.join('node_modules', '@clerk', 'clerk-js');
