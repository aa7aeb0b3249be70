import { useEffect, useState } from 'react';
import { languages } from './languages.ts';
import type { Texts } from './texts.ts';

/** The language that the server chose for this browser. */
export const pageLanguage = (): string => document.documentElement.lang || 'en';

/** The texts of the page; none until they are there, so that no other language flashes up. */
export function useTexts(): Partial<Texts> {
  const [texts, setTexts] = useState<Texts | undefined>(loaded);
  useEffect(() => {
    const load = languages[pageLanguage()] ?? languages['en'];
    void load?.().then(
      (file) => {
        loaded = file.texts;
        setTexts(loaded);
      },
      () => {},
    );
  }, []);
  return texts ?? {};
}

/** A text with the value of its one placeholder. */
export function fillIn(text: string | undefined, value: string | undefined): string | undefined {
  return text?.replace(/\{\w+\}/, () => value ?? '');
}

let loaded: Texts | undefined;
