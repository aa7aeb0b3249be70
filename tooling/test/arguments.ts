/** The projects of vitest.config.ts, in the order in which they run. */
export const projectNames = ['unit', 'postgres', 'integration', 'conformance', 'e2e'] as const;

/** What somebody who runs the tests has asked for. */
export interface TestArguments {
  readonly isNightly: boolean;
  /** Only these projects; all when empty. */
  readonly projects: readonly string[];
  /** Parts of file names and options, for vitest. */
  readonly rest: readonly string[];
}

/** Reads the command line: `--nightly`, then names of projects, then what vitest gets. */
export function readArguments(given: readonly string[]): TestArguments {
  const args = given.filter((each) => each !== '--nightly');
  const first = args.findIndex((each) => !projectNames.some((name) => name === each));
  const split = first === -1 ? args.length : first;
  return {
    isNightly: args.length < given.length,
    projects: args.slice(0, split),
    rest: args.slice(split),
  };
}
