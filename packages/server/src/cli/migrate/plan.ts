import { defineCommand } from '../command.ts';
import { instanceOptions } from '../instance-source.ts';
import { flag } from '../option.ts';
import { print, tell } from '../output.ts';
import { withEngine } from '../stored-folder.ts';

/** `willcall migrate plan`. */
export const planMigrations = defineCommand({
  name: 'migrate plan',
  summary: 'Say what would be done to the schema, and who would wait meanwhile.',
  details: 'It changes nothing, and may run beside servers.',
  options: {
    json: flag('Print [{"name","statements":[{"sql","note"}]}] as one line.'),
    ...instanceOptions,
  },
  examples: ['willcall migrate plan --env-file willcall.env'],
  async run(values) {
    const { readSchema, refuseUnknown, statementsOn } = await import('../../store/migrations.ts');
    const { noteOf } = await import('../../store/step-notes.ts');
    const steps = await withEngine(values, async ({ engine }) => {
      const schema = await readSchema(engine);
      refuseUnknown(schema);
      return schema.pending.map((step) => ({
        name: step.name,
        statements: statementsOn(engine, step).map((sql) => ({ sql, note: noteOf(sql).text })),
      }));
    });
    if (values.json) {
      print(JSON.stringify(steps));
      return;
    }
    for (const { name, statements } of steps) print([name, ...notesOf(statements)].join('\n'));
    tell(
      steps.length === 0
        ? 'Nothing is pending.'
        : `${steps.length} pending. Servers of the version before go on beside it. No step is undone: the way back is a backup.`,
    );
  },
});

function notesOf(statements: readonly { readonly note: string }[]): readonly string[] {
  if (statements.length === 0) return ['  does nothing on this engine'];
  return statements.map(({ note }) => `  ${note}`);
}
