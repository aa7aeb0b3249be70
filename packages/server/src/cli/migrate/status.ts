import { defineCommand } from '../command.ts';
import { instanceOptions } from '../instance-source.ts';
import { flag } from '../option.ts';
import { print, printTable, tell } from '../output.ts';
import { withEngine } from '../stored-folder.ts';
import { writeTime } from '../time.ts';

/** `willcall migrate status`. */
export const showMigrations = defineCommand({
  name: 'migrate status',
  summary: 'List the steps of the schema: which have run, and which have not.',
  details: 'It changes nothing, and may run beside servers of any version.',
  options: {
    json: flag('Print {"engine","applied","pending","ahead","unknown"} as one line.'),
    ...instanceOptions,
  },
  examples: ['willcall migrate status --env-file willcall.env'],
  async run(values) {
    const { readSchema } = await import('../../store/migrations.ts');
    const { isShared, schema } = await withEngine(values, async ({ engine }) => ({
      isShared: engine.isShared,
      schema: await readSchema(engine),
    }));
    const { applied, ahead, unknown } = schema;
    const pending = schema.pending.map(({ name }) => name);
    if (values.json) {
      const shown = applied.map(({ name, appliedAt }) => ({ name, applied_at: appliedAt }));
      const engine = isShared ? 'postgresql' : 'sqlite';
      print(JSON.stringify({ engine, applied: shown, pending, ahead, unknown }));
      return;
    }
    const stateOf = (name: string) => {
      if (ahead.includes(name)) return ', of the next version';
      return unknown.includes(name) ? ', of a version that is too new' : '';
    };
    printTable(
      ['step', 'state'],
      [
        ...applied.map(({ name, appliedAt }) => [
          name,
          `ran ${writeTime(appliedAt)}${stateOf(name)}`,
        ]),
        ...pending.map((name) => [name, 'pending']),
      ],
      'There is no step.',
    );
    tell(tellState(schema));
  },
});

function tellState({
  pending,
  ahead,
  unknown,
}: {
  readonly pending: readonly unknown[];
  readonly ahead: readonly string[];
  readonly unknown: readonly string[];
}): string {
  if (unknown.length > 0)
    return 'This version of Willcall does not start on it. Install the newer one.';
  if (pending.length > 0) return "Run what is pending with 'willcall migrate apply'.";
  return ahead.length > 0
    ? 'It is of the next version, and this one works beside it.'
    : 'It is up to date.';
}
