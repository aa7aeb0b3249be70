import type { Facts, ObjectShape, Shape } from './facts.ts';

/**
 * One way in which an answer is not what is published. `at` is the place in the
 * answer, `field` the published field, `Client.User.username`, whatever leads there.
 */
export interface Difference {
  kind: 'status' | 'missing' | 'type' | 'null' | 'enum' | 'extra';
  at: string;
  field: string;
  found: string;
}

/** What a comparison saw: its differences, and each published field once for every value held against it. */
export interface Comparison {
  differences: Difference[];
  fields: string[];
}

/** An answer as it came: `body` is the parsed JSON, undefined when there was none. */
export interface Answer {
  status: number;
  body: unknown;
}

/**
 * Holds an answer against the facts of its operation and lists every difference. A
 * refusal whose status is not published for the operation is still read as an error.
 */
export function compareAnswer(facts: Facts, operationId: string, answer: Answer): Comparison {
  const operation = facts.operations[operationId];
  if (!operation) throw new TypeError(`The facts hold no operation ${operationId}.`);
  const name = `${operationId} ${answer.status}`;
  const published = operation.answers[answer.status];
  if (published === null) return { differences: [], fields: [] };
  if (published) return compareValue(facts, published, answer.body, { at: '', field: name });
  const unknown: Difference = { kind: 'status', at: '', field: name, found: print(answer.status) };
  if (answer.status < 400) return { differences: [unknown], fields: [] };
  const error = compareValue(facts, { ref: 'ClerkErrors' }, answer.body, { at: '', field: name });
  return { ...error, differences: [unknown, ...error.differences] };
}

/** Where the comparison stands. */
interface Place {
  at: string;
  field: string;
}

/** Holds one value against one shape. */
function compareValue(facts: Facts, shape: Shape, value: unknown, place: Place): Comparison {
  if (value === null) return mayBeNull(facts, shape) ? nothing : differ('null', value, place);
  if ('ref' in shape) {
    const named = facts.shapes[shape.ref];
    if (!named) throw new TypeError(`The facts hold no shape ${shape.ref}.`);
    return compareValue(facts, named, value, { at: place.at, field: shape.ref });
  }
  if ('oneOf' in shape)
    return closest(shape.oneOf.map((one) => compareValue(facts, one, value, place)));
  if (shape.type === 'any') return nothing;
  if (shape.type === 'object') return compareObject(facts, shape, value, place);
  if (shape.type === 'array') return compareArray(facts, shape.items, value, place);
  if (!isOfType(shape.type, value)) return differ('type', value, place);
  const isOutside = shape.enum && !shape.enum.some((allowed) => allowed === value);
  return isOutside ? differ('enum', value, place) : nothing;
}

function compareObject(facts: Facts, shape: ObjectShape, value: unknown, place: Place): Comparison {
  if (!isRecord(value)) return differ('type', value, place);
  const missing = shape.required
    .filter((name) => value[name] === undefined)
    .map((name) => differ('missing', undefined, inside(place, name)));
  const present = Object.entries(value).map(([name, each]) => {
    const field = Object.hasOwn(shape.fields, name) ? shape.fields[name] : shape.open;
    const here = inside(place, name);
    if (!field) return differ('extra', each, here);
    return join([
      { differences: [], fields: [here.field] },
      compareValue(facts, field, each, here),
    ]);
  });
  return join([...missing, ...present]);
}

function compareArray(facts: Facts, items: Shape, value: unknown, place: Place): Comparison {
  if (!Array.isArray(value)) return differ('type', value, place);
  return join(
    value.map((each, index) =>
      compareValue(facts, items, each, { at: `${place.at}[${index}]`, field: `${place.field}[]` }),
    ),
  );
}

const nothing: Comparison = { differences: [], fields: [] };

function join(comparisons: Comparison[]): Comparison {
  return {
    differences: comparisons.flatMap((each) => each.differences),
    fields: comparisons.flatMap((each) => each.fields),
  };
}

/** The alternative that fits best speaks for all of them. */
function closest(alternatives: Comparison[]): Comparison {
  const [best] = alternatives.toSorted((a, b) => a.differences.length - b.differences.length);
  return best ?? nothing;
}

function differ(kind: Difference['kind'], value: unknown, { at, field }: Place): Comparison {
  return { differences: [{ kind, at, field, found: print(value) }], fields: [] };
}

function inside({ at, field }: Place, name: string): Place {
  return { at: at === '' ? name : `${at}.${name}`, field: `${field}.${name}` };
}

/** A field says so itself, or the shape that it names does. */
function mayBeNull(facts: Facts, shape: Shape): boolean {
  if (shape.nullable || isAny(shape)) return true;
  const named = 'ref' in shape ? facts.shapes[shape.ref] : undefined;
  return named !== undefined && mayBeNull(facts, named);
}

function isAny(shape: Shape): boolean {
  return 'type' in shape && shape.type === 'any';
}

function isOfType(type: 'string' | 'integer' | 'number' | 'boolean', value: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The beginning of a value, for a report. */
export function print(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 60) ?? 'nothing';
}
