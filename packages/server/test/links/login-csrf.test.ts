import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchRoutes } from '../reference/routes.ts';
import { openService, type TestService } from '../service.ts';

const routes = watchRoutes();
let service: TestService;

beforeAll(async () => {
  const settings = { allowedOrigins: ['https://app.example.com'] };
  service = await openService({
    type: 'production',
    publicUrl: 'https://auth.example.com',
    settings,
  });
});
afterAll(() => service.close());

/** What a browser says of a request that somebody else's page made. */
const foreign: readonly Readonly<Record<string, string>>[] = [
  { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
  { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
  { origin: 'https://evil.example' },
  { origin: 'https://app.example.com.evil.example' },
  { origin: 'http://app.example.com' },
  { origin: 'null' },
  { origin: 'null', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
];

/** The same page of ours or of the app, by a form that navigates. */
const navigating: Readonly<Record<string, string>> = {
  origin: 'https://app.example.com',
  'sec-fetch-site': 'same-site',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
};

test('every changing route for browsers refuses other sites and forms that navigate, and writes nothing', async () => {
  const changing = routes.filter(
    ({ method, file }) => method !== 'GET' && /^http\/(frontend-api|hosted-link)\//.test(file),
  );
  const before = service.dump();
  let looked = 0;
  for (const { method, path } of changing) {
    for (const headers of [...foreign, navigating]) {
      const answer = await service.app.inject({
        method: method as 'POST',
        url: path.replaceAll(/:\w+/g, 'some_id'),
        headers: {
          host: service.host,
          'content-type': 'application/x-www-form-urlencoded',
          ...headers,
        },
        payload: 'strategy=ticket&ticket=wct_of_somebody_else&nonce=x&action=continue',
      });
      const code = answer.json<{ errors: { code: string }[] }>().errors[0]?.code;
      expect([method, path, headers, code]).toEqual([method, path, headers, 'origin_invalid']);
      looked += 1;
    }
  }
  expect(changing.length).toBeGreaterThan(30);
  expect(looked).toBe(changing.length * 10);
  expect(service.dump()).toEqual(before);
});
