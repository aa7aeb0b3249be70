import type { ConnectionFields } from '../domain/enterprise/save.ts';
import { Secret } from '../domain/secret.ts';
import type { SettingsFile } from '../settings-file.ts';
import { Failure } from './failure.ts';

/**
 * The enterprise connections that a configuration file names, with their secrets. Refuses
 * where the environment lacks one.
 */
export function connectionsOfFile(
  file: SettingsFile,
  variables: NodeJS.ProcessEnv,
): readonly ConnectionFields[] {
  return file.enterprise_connections.map((each) => ({
    name: each.name,
    domains: each.domains,
    discoveryUrl: each.discovery_url,
    oidcClientId: each.client_id,
    oidcSecret:
      each.client_secret_env === undefined
        ? undefined
        : readSecret(each.client_secret_env, variables),
    isActive: each.active,
  }));
}

function readSecret(name: string, variables: NodeJS.ProcessEnv): Secret {
  const value = variables[name];
  if (value) return new Secret(value);
  throw new Failure(
    `${name} is not set, and enterprise_connections of the configuration file names it. Give it in the environment.`,
  );
}
