import type { ObjectShape, Shape } from './facts.ts';
import { refName, resolve, type Description, type Schema } from './schema.ts';

/**
 * Reduces a schema to its facts: references stay references, an `allOf` of several
 * parts becomes one object, `oneOf` and `anyOf` become alternatives.
 */
export function reduceSchema(description: Description, schema: Schema): Shape {
  const shape = reduceKnown(description, schema);
  return isNullable(schema) ? { ...shape, nullable: true } : shape;
}

function reduceKnown(description: Description, schema: Schema): Shape {
  if (schema.$ref) return { ref: refName(schema.$ref) };
  const parts = schema.allOf ?? [];
  const referred = parts.filter((part) => part.$ref);
  // An `allOf` of one reference only exists to add `nullable` to it.
  if (referred.length === 1 && parts.every((part) => part.$ref || !part.properties)) {
    if (!schema.properties) return { ref: refName(referred[0]?.$ref ?? '') };
  }
  const alternatives = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  if (alternatives.length > 0) return reduceAlternatives(description, schema, alternatives);
  if (parts.length > 0) return mergeParts(description, [withoutParts(schema), ...parts]);
  return reducePlain(description, schema);
}

/** Alternatives beside properties are variants of the object that the properties describe. */
function reduceAlternatives(
  description: Description,
  schema: Schema,
  alternatives: Schema[],
): Shape {
  const base = withoutParts(schema);
  if (base.properties) {
    return { oneOf: alternatives.map((each) => mergeParts(description, [base, each])) };
  }
  return { oneOf: alternatives.map((each) => reduceSchema(description, each)) };
}

function reducePlain(description: Description, schema: Schema): Shape {
  if (schema.type === 'array') {
    return { type: 'array', items: reduceSchema(description, schema.items ?? {}) };
  }
  if (schema.type === 'object' || schema.properties) return reduceObject(description, schema);
  if (!isScalar(schema.type)) return { type: 'any' };
  const values = schema.enum?.filter((value) => value !== null);
  return values ? { type: schema.type, enum: values } : { type: schema.type };
}

function reduceObject(description: Description, schema: Schema): ObjectShape {
  const fields: Record<string, Shape> = {};
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    fields[name] = reduceSchema(description, field);
  }
  const shape: ObjectShape = { type: 'object', fields, required: schema.required ?? [] };
  const open = openness(description, schema);
  return open ? { ...shape, open } : shape;
}

/** An object that names no field and forbids none is free-form, such as metadata. */
function openness(description: Description, schema: Schema): Shape | undefined {
  const further = schema.additionalProperties;
  if (typeof further === 'object') return reduceSchema(description, further);
  if (further === true) return { type: 'any' };
  const isFreeForm = further === undefined && !schema.properties;
  return isFreeForm ? { type: 'any' } : undefined;
}

/** One object that has the fields of all parts. */
function mergeParts(description: Description, parts: Schema[]): ObjectShape {
  const fields: Record<string, Shape> = {};
  const required = new Set<string>();
  let open: Shape | undefined;
  for (const part of parts) {
    const shape = objectOf(description, part);
    Object.assign(fields, shape.fields);
    for (const name of shape.required) required.add(name);
    const isNamingFields = Object.keys(shape.fields).length > 0;
    if (isNamingFields) open ??= shape.open;
  }
  const merged: ObjectShape = { type: 'object', fields, required: [...required] };
  return open ? { ...merged, open } : merged;
}

function objectOf(description: Description, part: Schema): ObjectShape {
  const schema = part.$ref ? resolve<Schema>(description, part.$ref) : part;
  if (schema.allOf) return mergeParts(description, [withoutParts(schema), ...schema.allOf]);
  return reduceObject(description, schema);
}

function withoutParts({ allOf: _all, oneOf: _one, anyOf: _any, ...own }: Schema): Schema {
  return own;
}

function isNullable(schema: Schema): boolean {
  if (schema.nullable || schema.enum?.includes(null)) return true;
  return schema.allOf?.some((part) => part.nullable) ?? false;
}

function isScalar(type: string | undefined): type is 'string' | 'integer' | 'number' | 'boolean' {
  return type === 'string' || type === 'integer' || type === 'number' || type === 'boolean';
}
