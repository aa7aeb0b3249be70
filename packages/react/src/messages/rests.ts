import type { RestOfMessages } from './messages.ts';

/** All other texts, by the tag of the language. */
export const rests: Readonly<Record<string, () => Promise<{ readonly rest: RestOfMessages }>>> = {
  en: () => import('./en/rest.ts'),
  de: () => import('./de/rest.ts'),
  fr: () => import('./fr/rest.ts'),
  es: () => import('./es/rest.ts'),
  'pt-BR': () => import('./pt-BR/rest.ts'),
  ar: () => import('./ar/rest.ts'),
};
