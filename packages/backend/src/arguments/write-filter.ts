import { type FieldNames, writeFields } from './write-fields.ts';

/**
 * Like `writeFields`, for the arguments of a list.
 *
 * @throws TypeError for an empty string or an empty list: sent on, it would filter nothing and
 *   answer everything
 */
export function writeFilter<Params extends object>(
  call: string,
  names: FieldNames<Params>,
  params: Params,
): Record<string, unknown> {
  for (const [argument, value] of Object.entries(params ?? {})) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (values.length === 0 || values.includes('') || values.includes(null)) {
      throw new TypeError(
        `${call}: ${argument} is empty. Give a value, or leave the argument out.`,
      );
    }
  }
  return writeFields(call, names, params);
}
