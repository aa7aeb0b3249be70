import type { EntranceMessages } from './messages.ts';

/**
 * The languages that are fetched when they are chosen, by their tags (BCP 47): one line each.
 * English is there from the start.
 */
export const languages: Readonly<
  Record<string, () => Promise<{ readonly entrance: EntranceMessages }>>
> = {
  de: () => import('./de/entrance.ts'),
  fr: () => import('./fr/entrance.ts'),
  es: () => import('./es/entrance.ts'),
  'pt-BR': () => import('./pt-BR/entrance.ts'),
  ar: () => import('./ar/entrance.ts'),
};
