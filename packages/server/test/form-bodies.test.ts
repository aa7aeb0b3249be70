import { afterAll, beforeAll, expect, test } from 'vitest';
import { openService, type TestService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

const send = (payload: string) =>
  service.app.inject({
    method: 'POST',
    url: '/v1/client/sign_ins',
    headers: { host: service.host, 'content-type': 'application/x-www-form-urlencoded' },
    payload,
  });

/** A form of so many fields. */
const form = (fields: number) => Array.from({ length: fields }, (_, at) => `f${at}=`).join('&');

test('a form of a hundred fields is read', async () => {
  expect((await send(form(100))).statusCode).toBe(200);
});

test.each([
  ['101 fields', form(101)],
  ['as many fields as a body holds', form(30_000)],
  ['nothing but their ends', '&'.repeat(262_144)],
  ['one field, time after time', `f0=${'&f0=1'.repeat(100)}`],
  ['a bad percent sign in the last one', `${form(101)}%`],
])('a form of %s is refused before it is taken apart', async (_what, payload) => {
  const before = service.dump();
  const refused = await send(payload);
  expect([refused.statusCode, refused.json()]).toMatchObject([
    413,
    {
      errors: [
        {
          code: 'request_body_too_large',
          message: 'The form has more than 100 fields. Send fewer.',
        },
      ],
    },
  ]);
  expect(service.dump()).toEqual(before);
});
