import { useEffect, useState } from 'react';
import { chooseLanguage } from '@willcall/browser';
import { entrance as english } from './en/entrance.ts';
import { useIsMounted } from '../provider/context.ts';
import { languages } from './languages.ts';
import { loadEntrance } from './load.ts';
import type { EntranceMessages } from './messages.ts';

/** A language, and its texts as soon as the first are there. */
export interface UsedLanguage {
  /** The tag; `undefined` on a server and at hydration, where nobody knows the browser. */
  readonly language: string | undefined;
  readonly entrance: EntranceMessages | undefined;
}

/**
 * The language that was asked for if there is one, else the first of the browser's that there
 * is, else English. While the texts of another language are on their way the ones before stay.
 */
export function useLanguage(asked: string | undefined): UsedLanguage {
  const isMounted = useIsMounted();
  const wanted = [asked ?? [], isMounted ? navigator.languages : []].flat();
  const language = wanted[0] && (chooseLanguage(wanted, ['en', ...Object.keys(languages)]) ?? 'en');
  const [entrance, setEntrance] = useState<EntranceMessages | undefined>(
    language === 'en' ? english : undefined,
  );
  useEffect(() => {
    let isCurrent = true;
    if (language) void loadEntrance(language).then((of) => isCurrent && setEntrance(of));
    return () => {
      isCurrent = false;
    };
  }, [language]);
  return { language, entrance };
}
