import * as fc from 'fast-check';
import { errorStatus, type ErrorsJSON } from '@willcall/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CompanyProvider, openProvider } from '../../../../tooling/openid-provider.ts';
import { isOnPostgres } from '../database/test-database.ts';
import { watchRoutes } from '../reference/routes.ts';
import { appOrigin, openService, type TestService } from '../service.ts';
import { goodRequests } from './requests.ts';
import { callbackUrl } from './scene/company.ts';
import { type Scene, setScene } from './scene.ts';

// Long by night, short by day, and on an engine to which each request is a way.
const runs = process.env['WILLCALL_NIGHTLY'] === '1' && !isOnPostgres() ? 20_000 : 400;
const routes = watchRoutes();
let service: TestService;
let company: CompanyProvider;
let scene: Scene;

beforeAll(async () => {
  service = await openService({ settings: { isClientTrustAsked: true, hasOrganizations: true } });
  await service.app.ready();
  company = await openProvider([callbackUrl]);
  scene = await setScene(service, company);
});
afterAll(() => Promise.all([service.close(), company.close()]));

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('\u0000', '__proto__', '1e309', 'a'.repeat(5000)),
);
const value = fc.oneof(
  { weight: 3, arbitrary: text },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.double() },
);

/** A request to some route, each of its fields good, random or absent. */
const request = fc.record({
  at: fc.nat(),
  path: fc.option(text),
  fields: fc.infiniteStream(fc.option(value, { freq: 3 })),
  keeps: fc.infiniteStream(fc.boolean()),
  more: fc.dictionary(text, value, { maxKeys: 2 }),
  raw: fc.option(fc.uint8Array({ maxLength: 60 }), { freq: 8 }),
});

test(`no random request of ${runs} is answered with 500 or without the envelope`, async () => {
  expect(routes.length).toBeGreaterThan(130);
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(request, async ({ at, path, fields, keeps, more, raw }) => {
      const {
        method,
        path: pattern,
        file,
      } = routes[at % routes.length] ?? { method: 'GET', path: '/', file: '' };
      const good = goodRequests[`${method} ${pattern}`]?.(scene) ?? {};
      const spoilt = (given: object = {}) =>
        Object.fromEntries(
          Object.entries(given)
            .map(([name, each]) => [name, keeps.next().value ? each : fields.next().value] as const)
            .filter(([, each]) => each !== null),
        );
      const names = Object.fromEntries(
        Object.entries(good.path ?? {}).map(([name, each]) => [name, path ?? each]),
      );
      const search = writeForm({ ...spoilt(good.query), ...(method === 'GET' ? more : {}) });
      const url =
        pattern.replaceAll(/:(\w+)|\*/g, (found, name: string | undefined) =>
          encode(names[name ?? found] ?? ''),
        ) + (search && `?${search}`);
      const isBackend = file.startsWith('http/backend-api/');
      const body = { ...spoilt(good.body), ...more };
      const answer = await service.app.inject({
        method: method as 'GET',
        url,
        headers: {
          host: service.host,
          ...(isBackend
            ? { authorization: `Bearer ${service.secretKey}` }
            : { cookie: good.cookie ? scene[good.cookie] : '' }),
          ...(method === 'GET'
            ? {}
            : {
                origin: appOrigin,
                'content-type': isBackend
                  ? 'application/json'
                  : 'application/x-www-form-urlencoded',
              }),
        },
        ...(method === 'GET'
          ? {}
          : {
              payload: raw ? Buffer.from(raw) : isBackend ? JSON.stringify(body) : writeForm(body),
            }),
      });
      expect(answer.statusCode, answer.body).toBeLessThan(500);
      if (
        answer.statusCode < 400 ||
        !String(answer.headers['content-type']).startsWith('application/json')
      )
        return;
      refused += 1;
      const [error] = answer.json<ErrorsJSON>().errors;
      expect(errorStatus[error?.code ?? 'internal_error']).toBe(answer.statusCode);
    }),
    { numRuns: runs },
  );
  expect(refused).toBeGreaterThan(runs / 10);
}, 1_800_000);

function writeForm(fields: object): string {
  return Object.entries(fields)
    .map(
      ([name, each]) =>
        `${encode(name)}=${encode(typeof each === 'string' ? each : JSON.stringify(each))}`,
    )
    .join('&');
}

/** Half surrogate pairs cannot be written in an address. */
function encode(part: string | undefined): string {
  return encodeURIComponent(Buffer.from(part ?? '').toString());
}
