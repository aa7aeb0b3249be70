import { entrance as english } from './en/entrance.ts';
import { languages } from './languages.ts';
import type { EntranceMessages } from './messages.ts';

/** The first texts of a language; English where they did not arrive, and for `en`. Never rejects. */
export async function loadEntrance(language: string): Promise<EntranceMessages> {
  const file = await languages[language]?.().catch(() => undefined);
  return file?.entrance ?? english;
}
