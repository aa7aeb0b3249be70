import type { Texts } from './texts.ts';

/** The languages of the hosted pages, as the server writes them into the page. */
export const languages: Readonly<Record<string, () => Promise<{ readonly texts: Texts }>>> = {
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
  fr: () => import('./fr.ts'),
  es: () => import('./es.ts'),
  'pt-BR': () => import('./pt-BR.ts'),
  ar: () => import('./ar.ts'),
};
