import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { defineCommand } from './command.ts';
import { readDevelopmentFile } from './development/secrets-file.ts';
import { Failure } from './failure.ts';
import { describeRaise } from './fence/raise.ts';
import { instanceOptions } from './instance-source.ts';
import { print, tell } from './output.ts';
import { nameFolder, type NamedFolder, refuseDatabase } from './stored-folder.ts';

/** `willcall restore`. */
export const restore = defineCommand({
  name: 'restore',
  summary: 'Put a backup in the place of the database.',
  details:
    'The server must be stopped. Every ticket and session of the backup ends, since nobody knows what became of it ' +
    'later. The database that was there is kept beside the new one.',
  operand: 'file',
  options: instanceOptions,
  examples: ['willcall restore willcall-backup.db --env-file willcall.env'],
  async run(values, file) {
    const folder = nameFolder(values);
    refuseDatabase(folder);
    const { fence, former } = await restoreInto(folder, file);
    // Whole: a relative WILLCALL_DATA counts from wherever the command is run.
    const place = path.resolve(folder.dataFolder);
    print(`Restored ${file} into ${place}.`);
    print(describeRaise(fence));
    tell(
      former === undefined
        ? `There was no database in ${place} before. If your server keeps its data in another folder, nothing changed there: name that one with --data.`
        : `The database that was there is ${former}. Remove it when you need it no more.`,
    );
  },
});

async function restoreInto(
  { dataFolder, environment: { fenceFolder } }: NamedFolder,
  file: string,
) {
  const { readFenceMark, writeFenceMark } = await import('../store/fence-mark.ts');
  const { holdFolder } = await import('../store/folder-hold.ts');
  const { BackupUnusable, restoreBackup } = await import('../store/restore.ts');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const hold = holdFolder(dataFolder, 'replace');
  try {
    const restored = await restoreBackup({
      dataFolder,
      backup: file,
      instanceType: readDevelopmentFile(dataFolder) ? 'development' : 'production',
      findMark: async (id) =>
        fenceFolder === undefined ? undefined : readFenceMark(fenceFolder, id),
      now: Date.now(),
    });
    if (fenceFolder !== undefined)
      await writeFenceMark(fenceFolder, restored.instanceId, restored.fence);
    return restored;
  } catch (error) {
    throw error instanceof BackupUnusable ? new Failure(error.message) : error;
  } finally {
    hold.release();
  }
}
