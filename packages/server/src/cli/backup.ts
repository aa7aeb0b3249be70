import { defineCommand } from './command.ts';
import { UsageError } from './failure.ts';
import { instanceOptions } from './instance-source.ts';
import { explainNewFile } from './new-file.ts';
import { print, tell } from './output.ts';
import { requireFolder } from './stored-folder.ts';

/** `willcall backup`. */
export const backup = defineCommand({
  name: 'backup',
  summary: 'Write a copy of the database into a file, while the server runs.',
  details:
    'The copy is of one moment, and mode 0600. It holds hashes and sealed keys, and no secret that opens them: ' +
    'keep willcall.env, or the development.json of a development instance, in another place.',
  operand: 'file',
  options: instanceOptions,
  examples: ['willcall backup willcall-backup.db --env-file willcall.env'],
  async run(values, file) {
    if (file === '-')
      throw new UsageError('A backup is a file and no stream. For one: willcall export -.');
    const { dataFolder } = await requireFolder(values);
    const { backUp } = await import('../store/backup.ts');
    const { holdFolder } = await import('../store/folder-hold.ts');
    const { databaseOf } = await import('../store/database-file.ts');
    const hold = holdFolder(dataFolder, 'beside');
    try {
      await backUp(databaseOf(dataFolder), file);
    } catch (error) {
      throw explainNewFile(error, file);
    } finally {
      hold.release();
    }
    print(file);
    tell('Tickets and sessions in it end when it is restored: willcall restore.');
  },
});
