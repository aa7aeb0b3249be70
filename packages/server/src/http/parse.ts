import type { ErrorCode } from '@willcall/contract';
import type { z } from 'zod';
import { Refusal } from '../domain/refusal.ts';

/**
 * Turns unknown input into what the schema says, or refuses with the code and the field
 * of the first thing that is wrong. Each input is parsed once, here.
 */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  refuseBrokenText(input, []);
  // With the input, since only that tells a field that is missing from one of a wrong type.
  const parsed = schema.safeParse(input ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw refusalOf(parsed.error.issues[0]);
}

/**
 * Refuses text with a NUL or half of a surrogate pair, wherever it stands: databases cut or
 * change it, so that two different values could become the same.
 */
function refuseBrokenText(input: unknown, path: readonly string[]): void {
  if (typeof input === 'string' && isBroken(input)) {
    const field = path.join('.');
    throw refuse(
      'form_param_value_invalid',
      field,
      `${field} has a character that cannot be kept. Remove it.`,
    );
  }
  if (typeof input !== 'object' || input === null) return;
  if (path.length > deepest)
    throw refuse('form_param_value_invalid', path[0] ?? '', 'The body is nested too deeply.');
  for (const [name, value] of Object.entries(input)) {
    if (isBroken(name))
      throw new Refusal(
        'request_body_invalid',
        'A name in the request has a character that cannot be kept.',
      );
    refuseBrokenText(value, [...path, name]);
  }
}

/** Levels of nesting: far more than anybody needs, and few enough for every reader's stack. */
const deepest = 100;

function isBroken(text: string): boolean {
  return text.includes('\0') || !text.isWellFormed();
}

function refusalOf(issue: z.core.$ZodIssue | undefined): Refusal {
  if (issue?.code === 'unrecognized_keys') {
    const name = issue.keys[0] ?? '';
    return refuse(
      'form_param_unknown',
      name,
      `${name} is not a field of this request. Check its spelling.`,
    );
  }
  const field = issue?.path.join('.') ?? '';
  if (field === '')
    return new Refusal('request_body_invalid', 'Send the fields of this request as an object.');
  if (issue?.code === 'invalid_type' && issue.input === undefined) {
    return refuse('form_param_missing', field, `${field} is required.`);
  }
  if (issue?.code === 'too_big' && issue.origin === 'string') {
    return refuse(
      'form_param_max_length_exceeded',
      field,
      `${field} can have at most ${issue.maximum} characters.`,
    );
  }
  return refuse(
    'form_param_value_invalid',
    field,
    `${field} cannot have this value: ${issue?.message ?? ''}.`,
  );
}

function refuse(code: ErrorCode, field: string, message: string): Refusal {
  return new Refusal(code, message, { param_name: field });
}
