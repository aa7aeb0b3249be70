import { readFileSync } from 'node:fs';
import type { Api } from './operations.ts';

/**
 * What a value may be, reduced from a published schema to its facts. A `ref` names
 * an entry of {@link Facts.shapes}. Where `nullable` is absent, null is a difference.
 */
export type Shape = { nullable?: true } & (
  | { type: 'any' }
  | { type: 'string' | 'integer' | 'number' | 'boolean'; enum?: readonly (string | number)[] }
  | { type: 'array'; items: Shape }
  | ObjectShape
  | { ref: string }
  | { oneOf: readonly Shape[] }
);

/** `open` marks an object whose further fields are free, of the given shape. */
export interface ObjectShape {
  type: 'object';
  nullable?: true;
  fields: Readonly<Record<string, Shape>>;
  required: readonly string[];
  open?: Shape;
}

/** One published operation. An answer without a body to compare is `null`. */
export interface OperationFacts {
  method: string;
  path: string;
  query: Readonly<Record<string, Shape>>;
  body: Shape | null;
  answers: Readonly<Record<string, Shape | null>>;
}

/** All facts of one interface: its listed operations and the shapes they name. */
export interface Facts {
  version: string;
  operations: Readonly<Record<string, OperationFacts>>;
  shapes: Readonly<Record<string, Shape>>;
}

/** Reads the facts that lie in the repository. */
export function readFacts(api: Api): Facts {
  const file = new URL(`./facts/${api}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Facts;
}
