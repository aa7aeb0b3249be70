import { print, type Difference } from './compare.ts';
import type { Facts } from './facts.ts';

/** What is sent: parts of the path, the query and the body, all with their published names. */
export interface Call {
  path?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  /** One object, or a list of them where the operation takes many at once. */
  body?: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[];
}

/** Lists what a call sends that is not published for its operation. */
export function compareRequest(facts: Facts, operationId: string, call: Call): Difference[] {
  const operation = facts.operations[operationId];
  if (!operation) throw new TypeError(`The facts hold no operation ${operationId}.`);
  const { body } = operation;
  const shape = body && 'items' in body ? body.items : body;
  const fields = shape && 'fields' in shape ? shape.fields : {};
  const bodies = [call.body ?? {}].flat();
  return [
    ...unpublished(`${operationId} query`, call.query, operation.query),
    ...bodies.flatMap((each) => unpublished(`${operationId} body`, each, fields)),
  ];
}

function unpublished(
  place: string,
  sent: Readonly<Record<string, unknown>> = {},
  known: Readonly<Record<string, unknown>>,
): Difference[] {
  return Object.entries(sent)
    .filter(([name]) => !Object.hasOwn(known, name))
    .map(([name, value]) => ({
      kind: 'extra',
      at: name,
      field: `${place}.${name}`,
      found: print(value),
    }));
}
