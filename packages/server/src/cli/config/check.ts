import { defineCommand } from '../command.ts';
import { envFileOption, readEnvironmentSource } from '../environment-source.ts';
import { Failure } from '../failure.ts';
import { flag } from '../option.ts';
import { print, tell } from '../output.ts';
import { mailProblems, settingsProblems } from '../production/problems.ts';
import { environmentWarnings } from '../production/warnings.ts';
import { configOption } from '../server-options.ts';
import { requireSettingsSource } from '../settings-source.ts';

/** `willcall config check`. */
export const checkConfig = defineCommand({
  name: 'config check',
  summary: 'Say whether the configuration file can be used.',
  details: 'Tells each problem with its path and changes nothing.',
  options: {
    config: configOption,
    production: flag("Check also what 'willcall serve' asks of it."),
    'env-file': envFileOption,
  },
  examples: ['willcall config check', 'willcall config check --production --env-file willcall.env'],
  async run(values) {
    const { file, place } = requireSettingsSource(values.config);
    const environment = readEnvironmentSource(values['env-file']);
    const problems = values.production
      ? [...settingsProblems(file), ...mailProblems(file, environment)]
      : [];
    if (problems.length > 0)
      throw new Failure(`${place} is not for production yet.\n  ${problems.join('\n  ')}`);
    for (const warning of environmentWarnings(environment)) tell(`Warning: ${warning}`);
    print(`${place} can be used.`);
  },
});
