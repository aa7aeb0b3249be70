import { defineCommand } from '../command.ts';
import { instanceOptions } from '../instance-source.ts';
import { flag } from '../option.ts';
import { print, tell } from '../output.ts';
import { withEngine } from '../stored-folder.ts';

/** `willcall migrate apply`. */
export const applyMigrations = defineCommand({
  name: 'migrate apply',
  summary: 'Bring the schema up to date.',
  details:
    'Servers of the version before may run meanwhile, and others that start wait. Each step is done as a whole or not ' +
    'at all; an empty database of DATABASE_URL gets the whole schema.',
  options: { json: flag('Print {"ran"} as one line.'), ...instanceOptions },
  examples: ['willcall migrate apply --env-file willcall.env'],
  async run(values) {
    const { migrate } = await import('../../store/migrations.ts');
    const { explained, placeOf } = await import('../../store/postgres-check.ts');
    const ran = await withEngine(values, ({ engine, place: { database } }) =>
      database ? explained(placeOf(database.url), () => migrate(engine)) : migrate(engine),
    );
    if (values.json) {
      print(JSON.stringify({ ran }));
      return;
    }
    for (const name of ran) print(name);
    tell(ran.length === 0 ? 'Nothing was pending.' : 'The schema is up to date.');
  },
});
