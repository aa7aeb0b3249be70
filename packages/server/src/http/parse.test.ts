import { expect, test } from 'vitest';
import { z } from 'zod';
import { Refusal } from '../domain/refusal.ts';
import { parse } from './parse.ts';

const schema = z.strictObject({ name: z.string().max(3), limit: z.int().min(1).optional() });

test.each([
  [{}, 'form_param_missing', 'name'],
  [{ name: undefined }, 'form_param_missing', 'name'],
  [{ name: null }, 'form_param_value_invalid', 'name'],
  [{ name: 4 }, 'form_param_value_invalid', 'name'],
  [{ name: ['a'] }, 'form_param_value_invalid', 'name'],
  [{ name: 'long' }, 'form_param_max_length_exceeded', 'name'],
  [{ name: 'a', limit: '1' }, 'form_param_value_invalid', 'limit'],
  [{ name: 'a', limit: 0 }, 'form_param_value_invalid', 'limit'],
  [{ name: 'a', nmae: 'b' }, 'form_param_unknown', 'nmae'],
  ['text', 'request_body_invalid', undefined],
  [[], 'request_body_invalid', undefined],
])('%j is refused with %s at %s', (input, code, field) => {
  let refusal: unknown;
  try {
    parse(schema, input);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({ code, meta: field === undefined ? {} : { param_name: field } });
});
