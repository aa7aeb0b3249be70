import { createReadStream, mkdirSync } from 'node:fs';
import type { Environment } from '../config.ts';
import type { Fence } from '../domain/instance/fence.ts';
import type { Imported, ImportRequest, OpenExport } from '../store/import.ts';
import { defineCommand } from './command.ts';
import { readDevelopmentFile } from './development/secrets-file.ts';
import { Failure } from './failure.ts';
import { describeRaise } from './fence/raise.ts';
import { instanceOptions, requireSecret } from './instance-source.ts';
import { loadServer } from './load-server.ts';
import { print, tell } from './output.ts';
import { describePlace, type PlaceOfData } from './place-of-data.ts';
import { nameFolder } from './stored-folder.ts';

/** `willcall import`. */
export const importInstance = defineCommand({
  name: 'import',
  summary: 'Put an export into an empty place: a data folder, or the database of DATABASE_URL.',
  details:
    'All of it or nothing. Every ticket and session of the export ends, since nobody knows what became of it ' +
    'later. It needs the instance secret of the export. With - it comes from the standard input.',
  operand: 'file',
  options: instanceOptions,
  examples: [
    'willcall import willcall-export.ndjson --env-file willcall.env',
    'willcall export - --env-file willcall.env | willcall import - --env-file postgres.env',
  ],
  async run(values, file) {
    const { dataFolder, environment } = nameFolder(values);
    const place = { dataFolder, database: environment.database };
    const { openExport } = await import('../store/import.ts');
    const opened = await openExport(readSource(file)).catch(explainSource(file));
    const request = await prepare(opened, place, environment);
    const { rows, fence } = await importInto(place, opened, request);
    await keepMark(opened.instanceId, fence, environment);
    print(`Imported ${rows} rows: ${await describePlace(place)} holds the instance now.`);
    print(describeRaise(fence));
    tell(
      'What they were exported from must not serve any more: its tickets and sessions still count there.',
    );
  },
});

function readSource(file: string): AsyncIterable<Buffer> {
  return file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1_048_576 });
}

function explainSource(file: string): (error: unknown) => never {
  return (error) => {
    const { code } = error as { code?: unknown };
    if (code === 'ENOENT' || code === 'EISDIR') throw new Failure(`There is no file ${file}.`);
    throw error;
  };
}

/** What the import needs besides its lines. Throws `Failure` where they do not belong here. */
async function prepare(
  { instanceId, instanceType }: OpenExport,
  place: PlaceOfData,
  environment: Environment,
): Promise<ImportRequest> {
  const { openSecretBox } = await import('../world/secret-box.ts');
  const { readFenceMark } = await import('../store/fence-mark.ts');
  const { dataFolder, database } = place;
  if (instanceType === 'production' && !database && readDevelopmentFile(dataFolder)) {
    throw new Failure(
      `The export holds a production instance, and ${dataFolder} a development one. Name another folder with --data.`,
    );
  }
  const box = openSecretBox(await requireSecret(place, environment, instanceType));
  const { fenceFolder } = environment;
  return {
    seal: (text) => box.mac('export', text),
    now: Date.now(),
    above: fenceFolder === undefined ? undefined : await readFenceMark(fenceFolder, instanceId),
  };
}

async function importInto(
  place: PlaceOfData,
  opened: OpenExport,
  request: ImportRequest,
): Promise<Imported> {
  return place.database
    ? importIntoDatabase(place, opened, request)
    : importIntoFolder(place.dataFolder, opened, request);
}

async function importIntoDatabase(
  place: PlaceOfData,
  opened: OpenExport,
  request: ImportRequest,
): Promise<Imported> {
  const { openDataEngine } = await loadServer();
  const { importData } = await import('../store/import.ts');
  const engine = await openDataEngine(place, 'beside');
  try {
    // By the clock by which the servers will judge.
    const now = (await engine.now?.()) ?? request.now;
    return await importData(engine, opened, { ...request, now });
  } finally {
    await engine.close();
  }
}

async function importIntoFolder(
  dataFolder: string,
  opened: OpenExport,
  request: ImportRequest,
): Promise<Imported> {
  const { holdFolder } = await import('../store/folder-hold.ts');
  const store = await import('../store/import-folder.ts');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const hold = holdFolder(dataFolder, 'replace');
  try {
    return await store.importIntoFolder(dataFolder, opened, request);
  } finally {
    hold.release();
  }
}

async function keepMark(
  instanceId: string,
  fence: Fence,
  { fenceFolder }: Environment,
): Promise<void> {
  const { writeFenceMark } = await import('../store/fence-mark.ts');
  if (fenceFolder !== undefined) await writeFenceMark(fenceFolder, instanceId, fence);
}
