import { expect, test } from 'vitest';
import { compareRequest } from './compare-request.ts';
import { compareAnswer, type Difference } from './compare.ts';
import type { Facts } from './facts.ts';

const facts: Facts = {
  version: 'test',
  operations: {
    getTicket: {
      method: 'GET',
      path: '/tickets/{id}',
      query: { row: { type: 'integer' } },
      body: null,
      answers: { 200: { ref: 'Ticket' }, 204: null, 404: { ref: 'ClerkErrors' } },
    },
  },
  shapes: {
    Ticket: {
      type: 'object',
      required: ['id', 'status', 'seat'],
      fields: {
        id: { type: 'string' },
        status: { type: 'string', enum: ['pending', 'accepted'] },
        seat: { ref: 'Seat', nullable: true },
        rows: { type: 'array', items: { type: 'integer' } },
        proof: { oneOf: [{ ref: 'Stamp' }, { ref: 'Seat' }] },
        notes: { type: 'object', fields: {}, required: [], open: { type: 'any' } },
        anything: { type: 'any' },
      },
    },
    Seat: { type: 'object', required: ['row'], fields: { row: { type: 'integer' } } },
    Stamp: {
      type: 'object',
      required: ['object'],
      fields: { object: { type: 'string', enum: ['stamp'] }, inked: { type: 'boolean' } },
    },
    ClerkErrors: {
      type: 'object',
      required: ['errors'],
      fields: { errors: { type: 'array', items: { type: 'any' } } },
    },
  },
};

const right = {
  id: 't_1',
  status: 'pending',
  seat: { row: 1 },
  rows: [1, 2],
  proof: { object: 'stamp', inked: true },
  notes: { free: 'form' },
  anything: null,
};

test('an answer as published has no difference, and every field was compared', () => {
  const { differences, fields } = compareAnswer(facts, 'getTicket', { status: 200, body: right });
  expect(differences).toEqual([]);
  expect(fields.toSorted()).toEqual([
    'Seat.row',
    'Stamp.inked',
    'Stamp.object',
    'Ticket.anything',
    'Ticket.id',
    'Ticket.notes',
    'Ticket.notes.free',
    'Ticket.proof',
    'Ticket.rows',
    'Ticket.seat',
    'Ticket.status',
  ]);
});

const planted: [name: string, body: unknown, difference: Partial<Difference>][] = [
  ['a missing field', without('id'), { kind: 'missing', at: 'id', field: 'Ticket.id' }],
  ['a missing field inside', { ...right, seat: {} }, { kind: 'missing', field: 'Seat.row' }],
  ['a wrong type', { ...right, id: 7 }, { kind: 'type', at: 'id', found: '7' }],
  ['a fraction for an integer', { ...right, seat: { row: 1.5 } }, { kind: 'type', at: 'seat.row' }],
  ['a wrong type in a list', { ...right, rows: [1, '2'] }, { kind: 'type', at: 'rows[1]' }],
  ['an object for a list', { ...right, rows: {} }, { kind: 'type', field: 'Ticket.rows' }],
  ['a list for an object', { ...right, seat: [] }, { kind: 'type', field: 'Seat' }],
  ['null where a value is promised', { ...right, id: null }, { kind: 'null', at: 'id' }],
  ['a value outside the enumeration', { ...right, status: 'torn' }, { kind: 'enum', at: 'status' }],
  ['an extra field', { ...right, colour: 'red' }, { kind: 'extra', field: 'Ticket.colour' }],
  [
    'an extra field inside',
    { ...right, seat: { row: 1, x: 1 } },
    { kind: 'extra', field: 'Seat.x' },
  ],
  [
    'a difference to the closest alternative',
    { ...right, proof: { object: 'stamp', inked: 'yes' } },
    { kind: 'type', at: 'proof.inked', field: 'Stamp.inked' },
  ],
  ['a field inherited from Object', { ...right, toString: 1 }, { kind: 'extra' }],
  ['no body', undefined, { kind: 'type', field: 'Ticket', found: 'nothing' }],
];

test.each(planted)('%s is one difference', (_name, body, difference) => {
  const { differences } = compareAnswer(facts, 'getTicket', { status: 200, body });
  expect(differences).toEqual([expect.objectContaining(difference)]);
});

test('a status that is not published is a difference, and its error is still compared', () => {
  const { differences } = compareAnswer(facts, 'getTicket', { status: 418, body: {} });
  expect(differences).toMatchObject([
    { kind: 'status', field: 'getTicket 418' },
    { kind: 'missing', field: 'ClerkErrors.errors' },
  ]);
});

test('an answer whose body is not published is compared by its status alone', () => {
  const { differences } = compareAnswer(facts, 'getTicket', { status: 204, body: undefined });
  expect(differences).toEqual([]);
});

test('what a call sends beyond the published query and body is a difference', () => {
  const call = { query: { row: '1', colour: 'red' }, body: { seat: 1 } };
  expect(compareRequest(facts, 'getTicket', call)).toMatchObject([
    { kind: 'extra', field: 'getTicket query.colour' },
    { kind: 'extra', field: 'getTicket body.seat' },
  ]);
});

test('an operation without facts cannot be compared', () => {
  expect(() => compareAnswer(facts, 'getSeat', { status: 200, body: {} })).toThrow(TypeError);
});

function without(name: string): unknown {
  return Object.fromEntries(Object.entries(right).filter(([key]) => key !== name));
}
