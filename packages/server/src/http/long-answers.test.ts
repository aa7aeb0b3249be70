import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { answerAtLength } from './long-answers.ts';

async function ask(payload: object, method: 'GET' | 'HEAD' = 'GET') {
  const app = Fastify();
  app.get('/', (_request, reply) => answerAtLength(reply, payload));
  return app.inject({ method, url: '/' });
}

const long = Array.from({ length: 300 }, (_, at) => ({ at, text: '𝄞 é '.repeat(200) }));

test.each<[string, object]>([
  ['an empty list', []],
  ['a list', [{ a: 1 }, { b: [1, { c: null }] }, 'text', null]],
  ['a page', { data: [{ a: 1 }, { a: 2 }], total_count: 2, next_cursor: null }],
  ['an empty object', {}],
  ['what is not there', { data: [undefined, 1], total_count: undefined, next: null }],
  ['an empty page', { data: [], total_count: 0 }],
  ['a name that is escaped', { 'a "name"': [1], after: { deep: [1, [2]] } }],
  ['a long list', long],
  ['a long page', { data: long, total_count: 300 }],
])('%s is what JSON says', async (_what, payload) => {
  const { headers, body, rawPayload } = await ask(payload);
  expect(body).toBe(JSON.stringify(payload));
  expect(headers['content-type']).toBe('application/json');
  expect(headers['content-length']).toBe(String(rawPayload.length));
});

test('who asks for the head alone gets no body, and its length', async () => {
  const { body, headers } = await ask(long, 'HEAD');
  expect([body, headers['content-length']]).toEqual([
    '',
    String(Buffer.byteLength(JSON.stringify(long))),
  ]);
});

test('others have their turn while a long one is written', async () => {
  let turns = 0;
  let turnsBefore: number | undefined;
  const goRound = () => {
    turns += 1;
    if (turns < 1000) setImmediate(goRound);
  };
  const item = (at: number) => ({
    toJSON() {
      if (at === 0) setImmediate(goRound);
      const until = performance.now() + 3;
      while (performance.now() < until);
      if (at === 7) turnsBefore = turns;
      return 'x'.repeat(40_000);
    },
  });
  await ask(Array.from({ length: 8 }, (_, at) => item(at)));
  expect(turnsBefore).toBeGreaterThanOrEqual(6);
});
