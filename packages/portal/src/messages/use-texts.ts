import { useEffect, useState } from 'react';
import { languages } from './languages.ts';
import type { Texts } from './texts.ts';

/** The language that the server chose for this browser. */
export const pageLanguage = (): string => document.documentElement.lang || 'en';

/** The texts of the page; none until they are there, so that no other language flashes up. */
export function useTexts(): Partial<Texts> {
  const [texts, setTexts] = useState(loaded);
  useEffect(() => {
    void loadTexts().then(() => setTexts(loaded));
  }, []);
  return texts ?? {};
}

/** Asks for the texts of the page's language, once; whether they came. */
export function loadTexts(): Promise<boolean> {
  arriving ??= load();
  return arriving;
}

async function load(): Promise<boolean> {
  try {
    const language = languages[pageLanguage()] ?? languages['en'];
    loaded = (await language?.())?.texts;
    return true;
  } catch {
    loaded = withoutFile;
    return false;
  }
}

/** A text with the value of its one placeholder. */
export function fillIn(text: string | undefined, value: string | undefined): string | undefined {
  return text?.replace(/\{\w+\}/, () => value ?? '');
}

/** What is said when no texts came: in English, since it is there from the start. */
const withoutFile: Partial<Texts> = {
  home: 'Home',
  missing: 'A part of this page is missing',
  reload: 'Load the page again',
};

let arriving: Promise<boolean> | undefined;
let loaded: Partial<Texts> | undefined;
