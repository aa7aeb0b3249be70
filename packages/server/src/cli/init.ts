import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSecretKey } from '../domain/key/secret-key.ts';
import { type SettingsFile, settingsFileSchema, settingsFromFile } from '../settings-file.ts';
import { readEnvironment } from '../config.ts';
import { syncFolder } from '../store/sync.ts';
import { defineCommand } from './command.ts';
import { defaultDataFolder } from './data-folder.ts';
import { Failure, UsageError } from './failure.ts';
import { loadServer } from './load-server.ts';
import { flag, text, texts } from './option.ts';
import { print } from './output.ts';
import { describePlace, hasInstance, type PlaceOfData } from './place-of-data.ts';
import { settingsProblems } from './production/problems.ts';
import { serverDefaults } from './server-options.ts';
import { settingsFileName } from './settings-source.ts';

const envFileName = 'willcall.env';

/** `willcall init`. */
export const init = defineCommand({
  name: 'init',
  summary: 'Make a production instance: secret, configuration and first secret key.',
  details:
    `Writes ${envFileName} and ${settingsFileName} into the working directory and overwrites nothing. ` +
    'The secret is made anew; one that is set already, as WILLCALL_SECRET, is taken and written into the file. ' +
    "Development needs no such step: 'willcall dev' makes what it needs.",
  options: {
    production: flag('Make a production instance. It must be given.'),
    'public-url': text('url', 'The https address under which people will reach the server.'),
    'allowed-origin': texts('origin', 'An origin of your app, such as https://app.example.com.'),
    data: text(
      'folder',
      `Folder of the database, which must not exist. Default: WILLCALL_DATA, else ${defaultDataFolder}.`,
    ),
    json: flag('Print {"publishable_key","secret_key","data"} as one line.'),
  },
  examples: [
    'willcall init --production --public-url https://auth.example.com --allowed-origin https://app.example.com',
  ],
  async run(values) {
    if (!values.production)
      throw new UsageError(
        "Say --production. For development run 'willcall dev': it needs no init.",
      );
    const { data: folder, database, secret } = readEnvironment(process.env);
    const place = { dataFolder: values.data ?? folder ?? defaultDataFolder, database };
    const written = draftSettings(values['public-url'], values['allowed-origin']);
    const file = readDraft(written);
    for (const name of [envFileName, settingsFileName]) refuseExisting(name);
    await refuseInstance(place);
    const made = await makeInstance(place, {
      written,
      file,
      // What is set counts more than a file: the next commands of this shell would have another.
      secret: secret ?? randomBytes(32).toString('base64url'),
    });
    const data = await describePlace(place);
    print(
      values.json ? JSON.stringify({ ...made, data }) : describe(made, data, file),
      `Nobody has the secret key: make another with willcall keys create --env-file ${envFileName}`,
    );
  },
});

interface Made {
  readonly publishable_key: string | null;
  readonly secret_key: string;
}

/** A start without a mail server: what needs mail is off until there is one. */
function draftSettings(publicUrl: string | undefined, origins: readonly string[]): object {
  const schema = findSchema();
  return {
    ...(schema === undefined ? {} : { $schema: schema }),
    ...(publicUrl === undefined ? {} : { public_url: publicUrl }),
    allowed_origins: origins,
    email_code: false,
    sign_up: 'restricted',
  };
}

/** The schema of this installation, as seen from the working directory; from the sources it is one folder farther. */
function findSchema(): string | undefined {
  const file = ['../willcall.schema.json', '../../willcall.schema.json']
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((place) => existsSync(place));
  if (file === undefined) return undefined;
  const place = path.relative(realpathSync(process.cwd()), file);
  if (path.isAbsolute(place)) return undefined;
  const written = place.replaceAll(path.sep, '/');
  return written.startsWith('../') ? written : `./${written}`;
}

function readDraft(written: object): SettingsFile {
  const parsed = settingsFileSchema.safeParse(written);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const option = issue?.path[0] === 'public_url' ? '--public-url' : '--allowed-origin';
    throw new UsageError(`${option} cannot be used: ${issue?.message ?? ''}`);
  }
  // Without a public address the start says so; everything else must be right from the first.
  const problems = settingsProblems(parsed.data).filter(
    (each) => !each.startsWith('public_url is not set'),
  );
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return parsed.data;
}

function refuseExisting(place: string): void {
  if (existsSync(place)) throw new Failure(explainExisting(place));
}

const explainExisting = (place: string) =>
  `${place} is there already and stays as it is. Run this in another folder, or move it away first.`;

async function refuseInstance(place: PlaceOfData): Promise<void> {
  if (!place.database) refuseExisting(place.dataFolder);
  else if (await hasInstance(place))
    throw new Failure(
      `${await describePlace(place)} holds an instance already, which stays as it is. Name another DATABASE_URL.`,
    );
}

/** Makes everything, or leaves nothing of its own behind: what another init made meanwhile stays. */
async function makeInstance(
  place: PlaceOfData,
  { written, file, secret }: { written: object; file: SettingsFile; secret: string },
): Promise<Made> {
  const made: string[] = [];
  try {
    if (!place.database) await makeFolder(place.dataFolder, made);
    const environment = `WILLCALL_SECRET=${quoted(secret)}\n${describeData(place)}\n`;
    makeFile({ name: envFileName, text: environment, mode: 0o600 }, made);
    const settings = `${JSON.stringify(written, undefined, 2)}\n`;
    makeFile({ name: settingsFileName, text: settings, mode: 0o666 }, made);
    // Before anything is kept that the secret alone opens.
    await syncFolder('.');
    const { openData } = await loadServer();
    const { world, close } = await openData(
      {
        instanceType: 'production',
        ...place,
        secret,
        settings: settingsFromFile(file),
        port: serverDefaults.port,
        publicUrl: file.public_url,
      },
      'beside',
    );
    try {
      const { secret: key } = await createSecretKey(world, 'first');
      const publishableKey = file.public_url === undefined ? null : world.instance.publishableKey;
      return { publishable_key: publishableKey, secret_key: key.reveal() };
    } finally {
      await close();
    }
  } catch (error) {
    for (const name of made) rmSync(name, { recursive: true, force: true });
    throw error;
  }
}

/** Of several at once one makes the folder, and the others refuse. */
async function makeFolder(folder: string, made: string[]): Promise<void> {
  const parent = path.dirname(path.resolve(folder));
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  make(folder, made, () => mkdirSync(folder, { mode: 0o700 }));
  await syncFolder(parent);
}

function makeFile(file: { name: string; text: string; mode: number }, made: string[]): void {
  const opened = make(file.name, made, () => openSync(file.name, 'wx', file.mode));
  try {
    writeFileSync(opened, file.text);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

function make<Result>(name: string, made: string[], create: () => Result): Result {
  try {
    const created = create();
    made.push(name);
    return created;
  } catch (error) {
    const isThere = (error as { code?: unknown }).code === 'EEXIST';
    throw isThere ? new Failure(explainExisting(name)) : error;
  }
}

function describeData({ dataFolder, database }: PlaceOfData): string {
  if (!database) return `WILLCALL_DATA=${quoted(dataFolder)}`;
  const { replicaUrls, poolSize, isPooled, isLossless } = database;
  return [
    `DATABASE_URL=${quoted(database.url)}`,
    ...(replicaUrls.length > 0 ? [`DATABASE_REPLICA_URL=${quoted(replicaUrls.join(','))}`] : []),
    ...(poolSize === undefined ? [] : [`WILLCALL_DATABASE_POOL=${poolSize}`]),
    ...(isPooled ? ['WILLCALL_DATABASE_POOLER=on'] : []),
    ...(isLossless ? ['WILLCALL_DATABASE_LOSSLESS=on'] : []),
  ].join('\n');
}

/** Shells and readers of such files take a space or a # for an end. */
function quoted(value: string): string {
  const mark = ["'", '`', '"'].find((each) => !value.includes(each)) ?? '';
  return /^[\w./:-]+$/.test(value) ? value : `${mark}${value}${mark}`;
}

function describe(
  { publishable_key: publishableKey, secret_key: secretKey }: Made,
  dataFolder: string,
  file: SettingsFile,
): string {
  const steps = [
    ...(file.public_url === undefined
      ? [`Write public_url into ${settingsFileName}: the https address of this server.`]
      : []),
    `Keep a copy of ${envFileName} apart from ${dataFolder}: without its secret the data cannot be opened.`,
    `Put a proxy with TLS in front, then start: willcall serve --env-file ${envFileName}`,
    'For codes by mail and public sign-up set WILLCALL_SMTP_URL and WILLCALL_MAIL_FROM, then email_code and sign_up.',
  ];
  return [
    `Made ${envFileName} (the secret), ${settingsFileName} (the settings) and ${dataFolder} (the data).`,
    '',
    ...(publishableKey === null ? [] : [`Publishable key  ${publishableKey}`]),
    `Secret key       ${secretKey}`,
    'The secret key is not shown again: keep it now.',
    '',
    'Next',
    ...steps.map((step, index) => `  ${index + 1}. ${step}`),
  ].join('\n');
}
