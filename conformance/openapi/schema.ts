/** The part of an OpenAPI 3.0 schema that carries facts. Prose is not even named here. */
export interface Schema {
  $ref?: string;
  type?: string;
  nullable?: boolean;
  enum?: (string | number | null)[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
}

export interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  schema?: Schema;
}

export interface Content {
  content?: Record<string, { schema?: Schema }>;
}

export interface Operation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { $ref?: string } & Content;
  responses: Record<string, { $ref?: string } & Content>;
}

/** A published description, as parsed. */
export interface Description {
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, unknown>>;
}

/** The component that a `$ref` names; a reference that leads nowhere is an error. */
export function resolve<Component>(description: Description, ref: string): Component {
  const [kind = '', name = ''] = ref.replace('#/components/', '').split('/');
  const component = description.components[kind]?.[name];
  if (!component) throw new Error(`The description names ${ref}, which it does not hold.`);
  return component as Component;
}

/** The name of the component that a `$ref` points to. */
export function refName(ref: string): string {
  return ref.split('/').at(-1) ?? ref;
}
