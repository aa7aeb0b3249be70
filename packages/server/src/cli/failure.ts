/** Something that can be foreseen went wrong. The message tells what, and how to mend it. */
export class Failure extends Error {}

/** The command was called in a way that it does not know: exit code 2. */
export class UsageError extends Failure {}
