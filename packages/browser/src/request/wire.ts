type Camel<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

/** A resource of the wire as the page sees it: camelCase, absent is `undefined`, free data untouched. */
export type FromWire<T> = T extends null
  ? undefined
  : T extends readonly (infer Item)[]
    ? readonly FromWire<Item>[]
    : string extends keyof T
      ? T
      : T extends object
        ? { readonly [Name in keyof T as Camel<Name & string>]: FromWire<T[Name]> }
        : T;

/** Reads a resource of the wire. Metadata and actor are the application's own and stay as they are. */
export function fromWire<T>(value: T): FromWire<T> {
  return convert(value) as FromWire<T>;
}

function convert(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => [
      name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      /actor$|metadata$/.test(name) ? (inner ?? undefined) : convert(inner),
    ]),
  );
}

/**
 * A body of the wire: snake_case names, `null` as an empty string, `undefined` left out,
 * objects as JSON. A form and no JSON, so that browsers ask no permission first (CORS preflight).
 */
export function toForm(parameters: object): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters) as [string, unknown][]) {
    if (value === undefined) continue;
    const text =
      typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
    form.append(
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      text,
    );
  }
  return form;
}
