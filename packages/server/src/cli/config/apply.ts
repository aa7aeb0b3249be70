import { operator } from '../../domain/audit-log/audit-log.ts';
import { applyConnections } from '../../domain/enterprise/save.ts';
import { settingsFromFile } from '../../settings-file.ts';
import { defineCommand } from '../command.ts';
import { connectionsOfFile } from '../enterprise-connections.ts';
import { Failure } from '../failure.ts';
import { instanceOptions, withInstance } from '../instance-source.ts';
import { print } from '../output.ts';
import { settingsProblems } from '../production/problems.ts';
import { configOption } from '../server-options.ts';
import { requireSettingsSource } from '../settings-source.ts';

/** `willcall config apply`. */
export const applyConfig = defineCommand({
  name: 'config apply',
  summary: 'Give the settings of the configuration file to the instance.',
  details: 'A running server has them within a second; public_url alone waits for its next start.',
  options: { config: configOption, ...instanceOptions },
  examples: [
    'willcall config apply',
    'willcall config apply --config staging.json --env-file willcall.env',
  ],
  async run(values) {
    const { file, place } = requireSettingsSource(values.config);
    await withInstance(values, async ({ world, environment }) => {
      const problems = world.instance.type === 'production' ? settingsProblems(file) : [];
      if (problems.length > 0)
        throw new Failure(`Nothing was applied.\n  ${problems.join('\n  ')}`);
      const connections = connectionsOfFile(file, environment.variables);
      await world.instance.save(settingsFromFile(file), operator, Object.keys(file));
      await applyConnections(world, connections);
    });
    print(`Applied ${place}.`);
  },
});
