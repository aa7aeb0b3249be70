import type { entrance } from './en/entrance.ts';
import type { outage } from './en/outage.ts';
import type { rest } from './en/rest.ts';

/** What stands in `entrance.ts` of a language. */
export type EntranceMessages = Translation<typeof entrance>;

/** What stands in `outage.ts` of a language. */
export type OutageMessages = Translation<typeof outage>;

/** What stands in `rest.ts` of a language. */
export type RestOfMessages = Translation<typeof rest>;

/** All texts of a language, in the shape of `en`. */
export type Messages = EntranceMessages & OutageMessages & RestOfMessages;

/** The same keys; for each text any other that has its placeholders, `{address}`, in any order. */
type Translation<Text> = Text extends string
  ? WithPlaceholders<Text>
  : { readonly [Key in keyof Text]: Translation<Text[Key]> };

type WithPlaceholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? `${string}{${Name}}${string}` & WithPlaceholders<Rest>
  : string;
