import type { Plugin } from 'vite';

/** A guard in a source file, and what stands in its place while it is taken out. */
export interface TakenOut {
  /** The end of the file's path. */
  readonly file: string;
  /** What is taken out: a text that stands in the file once. */
  readonly text: string;
  /** What is put in its place. */
  readonly by: string;
}

/**
 * Takes a guard out of a file as tests load it, so that a test can be seen to miss it.
 *
 * @param wanted a `TakenOut` as JSON
 */
export function takeOut(wanted: string): Plugin {
  const { file, text, by } = JSON.parse(wanted) as TakenOut;
  return {
    name: 'willcall-take-out',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith(file)) return undefined;
      const [before, after, ...more] = code.split(text);
      if (before === undefined || after === undefined || more.length > 0)
        throw new Error(`${text} does not stand once in ${file}`);
      return { code: before + by + after, map: null };
    },
  };
}
