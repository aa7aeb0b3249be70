import type { Environment } from '../config.ts';
import type { ServerOptions } from '../main.ts';
import { type SettingsFile, settingsFileSchema, settingsFromFile } from '../settings-file.ts';
import { defineCommand, type Values } from './command.ts';
import { defaultDataFolder } from './data-folder.ts';
import { readDevelopmentFile } from './development/secrets-file.ts';
import { envFileOption, readEnvironmentSource } from './environment-source.ts';
import { connectionsOfFile } from './enterprise-connections.ts';
import { Failure } from './failure.ts';
import { explainMissing } from './instance-source.ts';
import { loadServer } from './load-server.ts';
import { print, tell } from './output.ts';
import { hasInstance, type PlaceOfData } from './place-of-data.ts';
import { lowerPoolPriority } from './pool-priority.ts';
import { mailProblems, settingsProblems } from './production/problems.ts';
import { environmentWarnings } from './production/warnings.ts';
import { configOption, dataOption, serverDefaults, serverOptions } from './server-options.ts';
import { readSettingsSource } from './settings-source.ts';
import { stopSignal } from './stop-signal.ts';

const options = {
  ...serverOptions,
  data: dataOption,
  config: configOption,
  'env-file': envFileOption,
};

/** `willcall serve`. */
export const serve = defineCommand({
  name: 'serve',
  summary: 'Start a production instance.',
  details:
    "Put a proxy with TLS in front. 'willcall init --production' makes what it needs. " +
    'It refuses to start with settings that are meant for development, and says which.',
  options,
  examples: ['willcall serve --env-file willcall.env', 'willcall serve --host 0.0.0.0 --port 8080'],
  async run(values) {
    const stopped = stopSignal();
    const environment = readEnvironmentSource(values['env-file']);
    const settings = readSettingsSource(values.config);
    const chosen = await productionOptions(values, environment, settings);
    const { startServer } = await loadServer();
    const server = await startServer(chosen);
    await lowerPoolPriority();
    print(`Willcall serves ${server.url}, listening on port ${server.port}.`);
    try {
      await stopped;
    } finally {
      await server.close();
    }
  },
});

async function productionOptions(
  values: Values<typeof options>,
  environment: Environment,
  given: SettingsFile | undefined,
): Promise<ServerOptions> {
  const dataFolder = values.data ?? environment.data ?? defaultDataFolder;
  const file = given ?? settingsFileSchema.parse({});
  const { secret, smtpUrl, mailFrom, database } = environment;
  refuseProblems([
    ...(secret === undefined ? [missingSecret] : []),
    ...(await dataProblems({ dataFolder, database })),
    ...settingsProblems(file),
    ...mailProblems(file, environment),
  ]);
  for (const warning of environmentWarnings(environment)) tell(`Warning: ${warning}`);
  if (environment.rateLimits === false)
    tell('Warning: WILLCALL_RATE_LIMITS is off. Passwords and codes can be guessed without limit.');
  return {
    instanceType: 'production',
    dataFolder,
    database,
    whenBehind: environment.whenBehind,
    fenceFolder: environment.fenceFolder,
    secret: secret ?? '',
    settings: settingsFromFile(file),
    enterpriseConnections: connectionsOfFile(file, environment.variables),
    host: values.host ?? environment.host ?? serverDefaults.host,
    port: values.port ?? environment.port ?? serverDefaults.port,
    publicUrl: file.public_url && new URL(file.public_url).origin,
    fapiHost: values['fapi-host'],
    mail: smtpUrl === undefined ? undefined : { smtpUrl, from: mailFrom ?? '' },
    hasRateLimits: environment.rateLimits ?? true,
    trustedProxies: environment.trustedProxies,
    hostNames: [...environment.hostNames, ...values['host-name']],
    drainSeconds: environment.drainSeconds,
    logLevel: environment.logLevel ?? 'info',
    clerkPackageFolders: environment.clerkPackages === undefined ? [] : [environment.clerkPackages],
  };
}

const missingSecret =
  "WILLCALL_SECRET is not set. 'willcall init --production' makes one; give it with --env-file willcall.env.";

async function dataProblems(place: PlaceOfData): Promise<readonly string[]> {
  const { dataFolder, database } = place;
  if (!database && readDevelopmentFile(dataFolder)) {
    return [
      `${dataFolder} holds a development instance. Name the folder of a production instance with --data.`,
    ];
  }
  if (await hasInstance(place)) return [];
  return [await explainMissing(place, "'willcall init --production'.")];
}

function refuseProblems(problems: readonly string[]): void {
  if (problems.length > 0)
    throw new Failure(`This is no production start yet.\n  ${problems.join('\n  ')}`);
}
