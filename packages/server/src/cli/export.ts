import { open } from 'node:fs/promises';
import type { SecretBox } from '../world/secret-box.ts';
import { defineCommand } from './command.ts';
import { Failure } from './failure.ts';
import { explainMissing, instanceOptions, requireSecret } from './instance-source.ts';
import { explainNewFile } from './new-file.ts';
import { print, tell } from './output.ts';
import { findInstanceOn } from './place-of-data.ts';
import { type OpenedPlace, withEngine } from './stored-folder.ts';

/** `willcall export`. */
export const exportInstance = defineCommand({
  name: 'export',
  summary: 'Write everything that the instance holds into a file that any engine takes.',
  details:
    'From SQLite or PostgreSQL, as of one moment, while the server runs. The file is mode 0600 and sealed with ' +
    'the instance secret, which is not in it: hashes of passwords and secrets are, and sealed signing keys. ' +
    'With - it goes to the standard output.',
  operand: 'file',
  options: instanceOptions,
  examples: [
    'willcall export willcall-export.ndjson --env-file willcall.env',
    'willcall export - --env-file willcall.env | gzip > willcall-export.ndjson.gz',
  ],
  async run(values, file) {
    const rows = await withEngine(values, async (opened) => {
      const box = await openBox(opened);
      return file === '-' ? exportToOutput(opened, box) : exportToFile(opened, box, file);
    });
    if (file !== '-') print(file);
    tell(`${rows} rows. Tickets and sessions in them end when they are imported: willcall import.`);
  },
});

/** The secret must be the one of the data: what is sealed with another could never be imported. */
async function openBox({ engine, place, environment }: OpenedPlace): Promise<SecretBox> {
  const { signingKeyStore } = await import('../store/keys.ts');
  const { openSecretBox } = await import('../world/secret-box.ts');
  const record = await findInstanceOn(engine);
  if (!record) throw new Failure(await explainMissing(place));
  const box = openSecretBox(await requireSecret(place, environment, record.type));
  const [key] = await signingKeyStore(engine).list();
  try {
    if (key) box.open('signing key', key.encryptedPrivateKey);
    return box;
  } catch {
    throw new Failure(
      'The signing keys of the data cannot be opened. Give the instance secret with which they were made.',
    );
  }
}

async function exportToFile(opened: OpenedPlace, box: SecretBox, file: string): Promise<number> {
  const { makeFile } = await import('../store/new-file.ts');
  let rows = 0;
  try {
    await makeFile(file, async (draft) => {
      const handle = await open(draft, 'wx', 0o600);
      try {
        rows = await exportBy(opened, box, (lines) => handle.appendFile(lines));
      } finally {
        await handle.close();
      }
    });
    return rows;
  } catch (error) {
    throw explainNewFile(error, file);
  }
}

function exportToOutput(opened: OpenedPlace, box: SecretBox): Promise<number> {
  // The write that fails tells it; without a listener the event would end the process.
  process.stdout.on('error', () => {});
  return exportBy(
    opened,
    box,
    (lines) =>
      new Promise((resolve, reject) => {
        process.stdout.write(lines, (error) => {
          if (error)
            reject(new Failure('Nobody takes the output any more. The export is not whole.'));
          else resolve();
        });
      }),
  );
}

async function exportBy(
  { engine }: OpenedPlace,
  box: SecretBox,
  write: (lines: string) => Promise<void>,
): Promise<number> {
  const { exportData } = await import('../store/export.ts');
  return exportData(engine, { seal: (text) => box.mac('export', text), now: Date.now(), write });
}
