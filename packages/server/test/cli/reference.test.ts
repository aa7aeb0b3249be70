import { z } from 'zod';
import { expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { describeEnvironment } from '../../src/config.ts';
import { settingsFileSchema } from '../../src/settings-file.ts';
import {
  type SettingsSchema,
  writeCommandLine,
  writeConfiguration,
  writeSchema,
} from './reference.ts';

const schema = z.toJSONSchema(settingsFileSchema, { io: 'input' }) as SettingsSchema;

// All three are written anew by `npm test -- unit cli/reference -u`.
test('the reference of the command line is the one of the declarations', async () => {
  const page = writeCommandLine(commands);
  expect(page.match(/^## `willcall /gm)).toHaveLength(commands.length);
  await expect(page).toMatchFileSnapshot('../../../../docs/reference/command-line.md');
});

test('the reference of the configuration names every setting and every variable', async () => {
  const environment = describeEnvironment();
  const page = writeConfiguration(schema, environment);
  const settings = Object.keys(settingsFileSchema.shape).filter((name) => name !== '$schema');
  expect(page.match(/^\| `[a-z_]+` \|/gm)).toHaveLength(settings.length);
  expect(page.match(/^\| `[A-Z_]+` \|/gm)).toHaveLength(environment.length);
  await expect(page).toMatchFileSnapshot('../../../../docs/reference/configuration.md');
});

test('the JSON Schema for editors describes every setting and refuses unknown ones', async () => {
  const properties = Object.entries(schema.properties);
  expect(properties.length).toBeGreaterThan(20);
  for (const [name, { description }] of properties)
    expect(description, name).toMatch(/^[A-Z].*\.$/);
  expect(schema.additionalProperties).toBe(false);
  const text = writeSchema({ title: 'willcall.config.json', ...schema });
  await expect(text).toMatchFileSnapshot('../../willcall.schema.json');
});
