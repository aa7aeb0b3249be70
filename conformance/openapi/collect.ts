import type { Facts, OperationFacts, Shape } from './facts.ts';
import { reduceSchema } from './reduce.ts';
import {
  resolve,
  type Content,
  type Description,
  type Operation,
  type Parameter,
  type Schema,
} from './schema.ts';

/**
 * Collects the facts of the listed operations and of every shape that they name.
 * Refuses when the description does not hold one of them.
 */
export function collectFacts(description: Description, operationIds: readonly string[]): Facts {
  const operations: Record<string, OperationFacts> = {};
  for (const [id, operation] of findOperations(description, operationIds)) {
    operations[id] = operation;
  }
  return {
    version: description.info.version,
    operations,
    shapes: collectShapes(description, operations),
  };
}

function findOperations(
  description: Description,
  operationIds: readonly string[],
): [string, OperationFacts][] {
  const known = new Map<string, OperationFacts>();
  for (const [path, methods] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!operationIds.includes(operation.operationId)) continue;
      known.set(operation.operationId, describe(description, method, path, operation));
    }
  }
  return operationIds.map((id) => {
    const facts = known.get(id);
    if (!facts) throw new Error(`The description holds no operation ${id}.`);
    return [id, facts];
  });
}

function describe(
  description: Description,
  method: string,
  path: string,
  operation: Operation,
): OperationFacts {
  const answers: Record<string, Shape | null> = {};
  for (const [status, answer] of Object.entries(operation.responses)) {
    answers[status] = bodyShape(description, answer);
  }
  const body = operation.requestBody ? bodyShape(description, operation.requestBody) : null;
  const query = queryShapes(description, operation.parameters ?? []);
  return { method: method.toUpperCase(), path, query, body, answers };
}

function queryShapes(description: Description, parameters: Parameter[]): Record<string, Shape> {
  const query: Record<string, Shape> = {};
  for (const parameter of parameters) {
    const known = parameter.$ref ? resolve<Parameter>(description, parameter.$ref) : parameter;
    if (known.in !== 'query') continue;
    query[known.name] = reduceSchema(description, known.schema ?? {});
  }
  return query;
}

function bodyShape(description: Description, body: { $ref?: string } & Content): Shape | null {
  const { content } = body.$ref ? resolve<Content>(description, body.$ref) : body;
  const schema =
    content?.['application/json']?.schema ?? content?.['application/x-www-form-urlencoded']?.schema;
  return schema ? reduceSchema(description, schema) : null;
}

function collectShapes(
  description: Description,
  operations: Record<string, OperationFacts>,
): Record<string, Shape> {
  const shapes = new Map<string, Shape>();
  const waiting = namesIn(operations);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (shapes.has(name)) continue;
    const shape = reduceSchema(description, resolve<Schema>(description, `schemas/${name}`));
    shapes.set(name, shape);
    waiting.push(...namesIn(shape));
  }
  return Object.fromEntries([...shapes].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Every `ref` inside a value, at any depth. */
function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, each]) =>
    key === 'ref' && typeof each === 'string' ? [each] : namesIn(each),
  );
  return inside;
}
