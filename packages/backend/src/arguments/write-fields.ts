/** The name on the wire of each argument in `Params`. */
export type FieldNames<Params> = { readonly [Name in keyof Required<Params>]: string };

/**
 * The fields on the wire for a call's arguments. Names are translated by the table, values
 * stay as they are, so that metadata keeps its own keys; `undefined` is left out.
 *
 * @param call the method's name, for messages
 * @throws TypeError for an argument that the table does not have: a misspelt one would
 *   otherwise be silently without effect
 */
export function writeFields<Params extends object>(
  call: string,
  names: FieldNames<Params>,
  params: Params,
): Record<string, unknown> {
  if (typeof params !== 'object' || params === null)
    throw new TypeError(`${call} takes an object of arguments.`);
  const fields: Record<string, unknown> = {};
  for (const [argument, value] of Object.entries(params)) {
    if (!Object.hasOwn(names, argument)) {
      throw new TypeError(
        `${call} has no argument ${argument}. It takes ${Object.keys(names).join(', ')}.`,
      );
    }
    if (value !== undefined) fields[names[argument as keyof Params]] = value;
  }
  return fields;
}
