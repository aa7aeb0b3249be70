import type { OutageMessages } from './messages.ts';

/** What is said in an outage, by the tag of the language. */
export const outages: Readonly<Record<string, () => Promise<{ readonly outage: OutageMessages }>>> =
  {
    en: () => import('./en/outage.ts'),
    de: () => import('./de/outage.ts'),
    fr: () => import('./fr/outage.ts'),
    es: () => import('./es/outage.ts'),
    'pt-BR': () => import('./pt-BR/outage.ts'),
    ar: () => import('./ar/outage.ts'),
  };
