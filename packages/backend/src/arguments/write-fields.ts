/** The name on the wire of each argument in `Params`. */
export type FieldNames<Params> = { readonly [Name in keyof Required<Params>]: string };

/**
 * The fields on the wire for a call's arguments. Names are translated by the table, values
 * stay as they are, so that metadata keeps its own keys; `undefined` is left out.
 *
 * @param call the method's name, for messages
 * @throws TypeError for an argument that the table does not have: a misspelt one would
 *   otherwise be silently without effect; and for a value that JSON does not have, such as `NaN`
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
    if (value === undefined) continue;
    refuseUnwritable(call, argument, value);
    fields[names[argument as keyof Params]] = value;
  }
  return fields;
}

/** JSON writes `NaN` as null and leaves a function out: the server would take its own default for either. */
function refuseUnwritable(call: string, argument: string, value: unknown): void {
  JSON.stringify(value, (_key, each: unknown) => {
    if (isWritable(each)) return each;
    const found = typeof each === 'number' ? String(each) : `a ${typeof each}`;
    throw new TypeError(`${call}: ${argument} has ${found}, which cannot be sent.`);
  });
}

function isWritable(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return !['bigint', 'function', 'symbol'].includes(typeof value);
}
