import type { en } from './en.ts';

/** What the server itself writes into pages, in one language. */
export type PageMessages = Texts<typeof en>;

type Texts<Text> = Text extends string
  ? string
  : { readonly [Key in keyof Text]: Texts<Text[Key]> };
