import { type Environment, readEnvironment } from '../config.ts';
import { isOnThisMachine } from '../domain/web-address.ts';
import type { RunningServer } from '../main.ts';
import { settingsFromFile } from '../settings-file.ts';
import { defineCommand, type Values } from './command.ts';
import { defaultDataFolder, temporaryDataFolder } from './data-folder.ts';
import { issueDemoLink } from './development/demo-user.ts';
import { type DevelopmentSecrets, prepareDevelopment } from './development/prepare.ts';
import { readDevelopmentFile, writeDevelopmentFile } from './development/secrets-file.ts';
import { welcomeLine, welcomeText } from './development/welcome.ts';
import { connectionsOfFile } from './enterprise-connections.ts';
import { UsageError } from './failure.ts';
import { loadServer } from './load-server.ts';
import { flag } from './option.ts';
import { print, tell } from './output.ts';
import { describePlace } from './place-of-data.ts';
import { type Reach, reachOf } from './reach.ts';
import { configOption, dataOption, serverDefaults, serverOptions } from './server-options.ts';
import { readSettingsSource } from './settings-source.ts';
import { stopSignal } from './stop-signal.ts';

const options = {
  ...serverOptions,
  data: dataOption,
  config: configOption,
  ephemeral: flag('Keep nothing after the end: the data lies in a temporary folder.'),
  json: flag('Print one line of JSON when the server is ready, and nothing else.'),
};

/** `willcall dev`. */
export const dev = defineCommand({
  name: 'dev',
  summary: 'Start a development instance and print a sign-in link.',
  details:
    'Makes keys and a demo user if there are none, and answers on this machine alone unless --host opens it. ' +
    'Every mail lands in the mailbox.',
  options,
  examples: [
    'willcall dev',
    'willcall dev --json --ephemeral --port 0',
    'willcall dev --host 0.0.0.0',
  ],
  async run(values) {
    const stopped = stopSignal();
    const environment = readEnvironment(process.env);
    const dataFolder = chooseDataFolder(values, environment);
    const reach = reachOf(values.host ?? environment.host ?? serverDefaults.host);
    warn(reach, environment);
    await tellDatabase(dataFolder, environment);
    const secrets = await prepareDevelopment({ dataFolder, database: environment.database });
    const server = await start(values, environment, { dataFolder, reach, secrets });
    try {
      noteAddress(dataFolder, server.url);
      const demo = await issueDemoLink(server.world);
      const welcome = { server, secretKey: secrets.secretKey, demo, isOpen: reach.isOpen };
      print(values.json ? welcomeLine(welcome) : welcomeText(welcome));
      await stopped;
    } finally {
      await server.close();
    }
  },
});

interface Prepared {
  readonly dataFolder: string;
  readonly reach: Reach;
  readonly secrets: DevelopmentSecrets;
}

async function start(
  values: Values<typeof options>,
  environment: Environment,
  prepared: Prepared,
): Promise<RunningServer> {
  const { dataFolder, reach, secrets } = prepared;
  const file = readSettingsSource(values.config);
  const { startServer } = await loadServer();
  return startServer({
    instanceType: 'development',
    dataFolder,
    database: environment.database,
    fenceFolder: environment.fenceFolder,
    secret: secrets.secret,
    settings: file && settingsFromFile(file),
    enterpriseConnections: file && connectionsOfFile(file, environment.variables),
    host: values.host ?? environment.host ?? serverDefaults.host,
    port: values.port ?? environment.port ?? serverDefaults.port,
    publicUrl: localUrl(file?.public_url),
    publicHost: reach.publicHost,
    fapiHost: values['fapi-host'],
    developmentSecretKey: secrets.secretKey,
    hasRateLimits: environment.rateLimits ?? false,
    trustedProxies: environment.trustedProxies,
    hostNames: [...reach.hostNames, ...environment.hostNames, ...values['host-name']],
    drainSeconds: environment.drainSeconds,
    logLevel: environment.logLevel ?? 'warn',
    clerkPackageFolders: [environment.clerkPackages ?? process.cwd()],
  });
}

/** A file that production uses as well names another address than that of this machine. */
function localUrl(url: string | undefined): string | undefined {
  return url !== undefined && isOnThisMachine(url) ? new URL(url).origin : undefined;
}

function chooseDataFolder(values: Values<typeof options>, environment: Environment): string {
  if (values.ephemeral && environment.database)
    throw new UsageError(
      '--ephemeral keeps nothing, and DATABASE_URL names a database to keep. Unset one of them.',
    );
  if (!values.ephemeral) return values.data ?? environment.data ?? defaultDataFolder;
  if (values.data === undefined) return temporaryDataFolder();
  throw new UsageError(
    '--ephemeral keeps nothing, and --data names a folder to keep. Give one of them.',
  );
}

function warn({ isOpen }: Reach, { smtpUrl }: Environment): void {
  if (isOpen) {
    tell(
      'Warning: this development instance is open to the network. Whoever can reach it can read its mailbox.',
    );
  }
  if (smtpUrl !== undefined)
    tell('WILLCALL_SMTP_URL is not used in development: every mail lands in the mailbox.');
}

/** Somebody may have set it for another program. */
async function tellDatabase(dataFolder: string, { database }: Environment): Promise<void> {
  if (database)
    tell(
      `The data lies in ${await describePlace({ dataFolder, database })}, which DATABASE_URL names.`,
    );
}

/** Commands about users and tokens find the server by it. */
function noteAddress(dataFolder: string, url: string): void {
  const file = readDevelopmentFile(dataFolder);
  if (file && file.url !== url) writeDevelopmentFile(dataFolder, { ...file, url });
}
