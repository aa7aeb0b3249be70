import { defineCommand } from '../command.ts';
import { instanceOptions, withInstance } from '../instance-source.ts';
import { flag } from '../option.ts';
import { print, printTable } from '../output.ts';
import { writeTime } from '../time.ts';

/** `willcall keys list`. */
export const listKeys = defineCommand({
  name: 'keys list',
  summary: 'List the secret keys.',
  details: 'A key shows its last four characters, never itself.',
  options: { json: flag('Print the list as one line of JSON.'), ...instanceOptions },
  examples: ['willcall keys list'],
  async run(values) {
    const keys = await withInstance(values, ({ world }) => world.store.secretKeys.list());
    if (values.json) {
      const shown = keys.map(({ id, name, lastFour, scopes, createdAt, revokedAt }) => ({
        id,
        name,
        last_four: lastFour,
        scopes: scopes ?? null,
        created_at: createdAt,
        revoked_at: revokedAt ?? null,
      }));
      print(JSON.stringify(shown));
      return;
    }
    const rows = keys.map(({ id, name, lastFour, scopes, createdAt, revokedAt }) => [
      id,
      name,
      `…${lastFour}`,
      scopes?.join(' ') ?? 'all',
      writeTime(createdAt),
      revokedAt === undefined ? 'live' : `revoked ${writeTime(revokedAt)}`,
    ]);
    printTable(
      ['id', 'name', 'key', 'scopes', 'made', 'state'],
      rows,
      'There is no secret key. Make one: willcall keys create.',
    );
  },
});
