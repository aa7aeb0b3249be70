import { existsSync } from 'node:fs';
import { type SettingsFile, settingsFileSchema } from '../settings-file.ts';
import { Failure } from './failure.ts';
import { readNamedFile } from './named-file.ts';

/** The name that is looked for in the working directory. */
export const settingsFileName = 'willcall.config.json';

/**
 * The configuration file: the one that is named, which must be there, or the one of the
 * working directory, if there is one. Refuses with one line for each problem.
 */
export function readSettingsSource(named: string | undefined): SettingsFile | undefined {
  const place = named ?? settingsFileName;
  if (named === undefined && !existsSync(place)) return undefined;
  return parseSettings(place, readNamedFile(place, '--config'));
}

/** The same for commands that need one. */
export function requireSettingsSource(named: string | undefined): {
  readonly file: SettingsFile;
  readonly place: string;
} {
  const file = readSettingsSource(named);
  if (file) return { file, place: named ?? settingsFileName };
  throw new Failure(`There is no ${settingsFileName} here. Name the file with --config.`);
}

function parseSettings(place: string, text: string): SettingsFile {
  const parsed = settingsFileSchema.safeParse(parseJson(place, text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${pathOf(issue.path)}: ${issue.message}`);
  throw new Failure(`${place} has settings that cannot be used.\n  ${problems.join('\n  ')}`);
}

function parseJson(place: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(
      `${place} is no JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** `allowed_origins[0]`, as one would write it in code. */
function pathOf(path: readonly PropertyKey[]): string {
  const written = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  return written === '' ? 'the file' : written.replace(/^\./, '');
}
