import { describe, expect, test } from 'vitest';
import { collectFacts } from './collect.ts';
import { readFacts } from './facts.ts';
import { apis, operationIds } from './operations.ts';
import type { Description } from './schema.ts';

describe.each(apis)('the facts of the %s', (api) => {
  const facts = readFacts(api);

  test('hold the listed operations and no other', () => {
    expect(Object.keys(facts.operations).toSorted()).toEqual(operationIds(api).toSorted());
    expect(operationIds(api).length).toBeGreaterThan(25);
  });

  test('hold every shape that they name, and a field in each', () => {
    const named = new Set(strings(facts, 'ref'));
    expect(named.size).toBeGreaterThan(10);
    expect(Object.keys(facts.shapes).toSorted()).toEqual([...named].toSorted());
  });

  test('are names, paths and enumerated values, and no prose', () => {
    const found = strings(facts);
    expect(found.length).toBeGreaterThan(500);
    expect(found.filter((text) => !/^[\w.#\-/{}]{0,80}$/.test(text))).toEqual([]);
  });
});

test('descriptions, examples and titles are dropped', () => {
  const facts = collectFacts(planted, ['getSeat']);
  expect(JSON.stringify(facts)).not.toMatch(/prose/);
  expect(facts.operations['getSeat']).toEqual({
    method: 'GET',
    path: '/seats/{id}',
    query: { row: { type: 'integer' } },
    body: null,
    answers: { 200: { ref: 'Seat' }, 204: null },
  });
});

test('references, alternatives and parts become fields', () => {
  expect(collectFacts(planted, ['getSeat']).shapes).toEqual({
    Numbered: { type: 'object', required: ['row'], fields: { row: { type: 'integer' } } },
    Seat: {
      type: 'object',
      required: ['row', 'holder'],
      fields: {
        row: { type: 'integer' },
        holder: { type: 'string', enum: ['guest'], nullable: true },
        beside: { nullable: true, ref: 'Numbered' },
        either: { nullable: true, oneOf: [{ ref: 'Numbered' }, { type: 'string' }] },
        variants: {
          oneOf: [
            { type: 'object', required: ['a'], fields: { a: { type: 'string' } } },
            { type: 'object', required: ['b'], fields: { a: { type: 'string' } } },
          ],
        },
        free: { type: 'object', required: [], fields: {}, open: { type: 'any' } },
        map: { type: 'object', required: [], fields: {}, open: { type: 'boolean' } },
        closed: { type: 'object', required: [], fields: {} },
      },
    },
  });
});

test('an operation that the description does not hold is refused', () => {
  expect(() => collectFacts(planted, ['getStage'])).toThrow(/getStage/);
});

const numbered = { type: 'object', properties: { row: { type: 'integer' } }, required: ['row'] };

const planted: Description = {
  info: { version: '1' },
  paths: {
    '/seats/{id}': {
      get: {
        operationId: 'getSeat',
        ...{ summary: 'prose', description: 'prose' },
        parameters: [
          { name: 'id', in: 'path' },
          { name: 'row', in: 'query', schema: { type: 'integer', ...{ description: 'prose' } } },
        ],
        responses: {
          200: {
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Seat' } } },
          },
          204: {},
        },
      },
    },
  },
  components: {
    schemas: {
      Numbered: { ...numbered, title: 'prose' },
      Seat: {
        description: 'prose',
        example: { row: 'prose' },
        allOf: [
          { $ref: '#/components/schemas/Numbered' },
          {
            type: 'object',
            required: ['holder'],
            properties: {
              holder: { type: 'string', enum: ['guest', null], example: 'prose' },
              beside: {
                type: 'object',
                nullable: true,
                allOf: [{ $ref: '#/components/schemas/Numbered' }],
              },
              either: {
                nullable: true,
                oneOf: [{ $ref: '#/components/schemas/Numbered' }, { type: 'string' }],
              },
              variants: {
                type: 'object',
                properties: { a: { type: 'string' } },
                anyOf: [{ required: ['a'] }, { required: ['b'] }],
              },
              free: { type: 'object' },
              map: { type: 'object', additionalProperties: { type: 'boolean' } },
              closed: { type: 'object', additionalProperties: false },
            },
          },
        ],
      },
    },
  },
};

/** Every string inside a value, or only those under one key; keys of objects count as strings too. */
function strings(value: unknown, only?: string): string[] {
  if (typeof value === 'string') return only ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    if (only) return key === only && typeof each === 'string' ? [each] : strings(each, only);
    return [key, ...strings(each)];
  });
}
