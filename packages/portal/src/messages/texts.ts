import type { texts } from './en.ts';

/** The texts of the hosted pages, in one language. */
export type Texts = Readonly<typeof texts>;
