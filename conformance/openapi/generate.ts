import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { collectFacts } from './collect.ts';
import type { Facts } from './facts.ts';
import { apis, operationIds, type Api } from './operations.ts';
import type { Description } from './schema.ts';

/**
 * Writes the facts of the published descriptions into `facts/`.
 *
 *     node conformance/openapi/generate.ts <folder with the two descriptions>
 *
 * The newest file of each interface is taken, by the date in its name.
 */
function generate(folder: string): void {
  for (const api of apis) {
    const facts = collectFacts(readDescription(folder, api), operationIds(api));
    writeFileSync(new URL(`./facts/${api}.json`, import.meta.url), print(facts));
    const counts = `${Object.keys(facts.operations).length} operations, ${Object.keys(facts.shapes).length} shapes`;
    console.log(`${api} ${facts.version}: ${counts}`);
  }
}

const filePrefix: Record<Api, string> = {
  'backend-api': 'clerk-bapi-',
  'frontend-api': 'clerk-fapi-',
};

function readDescription(folder: string, api: Api): Description {
  const names = readdirSync(folder).filter((name) => name.startsWith(filePrefix[api]));
  const newest = names.sort().at(-1);
  if (!newest) throw new Error(`${folder} holds no file that begins with ${filePrefix[api]}.`);
  // The parser of the repository, not the old one that a dependency of this folder brings along.
  const { parse } = createRequire(new URL('../../package.json', import.meta.url))('yaml') as {
    parse(text: string): Description;
  };
  const description = parse(readFileSync(join(folder, newest), 'utf8'));
  const date = /\d{4}-\d{2}-\d{2}/.exec(newest)?.[0];
  return date ? { ...description, info: { version: date } } : description;
}

/** One line for each operation and shape, so that a change of the interface reads as a change of lines. */
function print({ version, operations, shapes }: Facts): string {
  return [
    '{',
    `  "version": ${JSON.stringify(version)},`,
    `  "operations": {\n${lines(operations)}\n  },`,
    `  "shapes": {\n${lines(shapes)}\n  }`,
    '}\n',
  ].join('\n');
}

function lines(entries: Readonly<Record<string, unknown>>): string {
  return Object.entries(entries)
    .map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(',\n');
}

const folder = process.argv[2];
if (!folder) throw new Error('Name the folder that holds the published descriptions.');
generate(folder);
