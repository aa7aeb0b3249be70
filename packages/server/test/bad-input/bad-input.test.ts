import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CompanyProvider, openProvider } from '../../../../tooling/openid-provider.ts';
import type { Engine, Reader, SqlValue } from '../../src/store/engine.ts';
import { type FoundRoute, watchRoutes } from '../reference/routes.ts';
import { purge } from '../../src/domain/retention/purge.ts';
import { isOnPostgres } from '../database/test-database.ts';
import { appOrigin, openService, type TestService } from '../service.ts';
import type { GoodRequest } from './good-request.ts';
import { changedTables, judge } from './judge.ts';
import { goodRequests } from './requests.ts';
import { callbackUrl } from './scene/company.ts';
import { partsReadBy, type Scene, setScene } from './scene.ts';
import { spoil, type Target, writeGood } from './spoil.ts';

const routes = watchRoutes();
let service: TestService;
let company: CompanyProvider;
let combinations = 0;
let asksReplica = false;
/** The latest list. */
let askedOfReplica = '';
let database: Engine;
/** What each good request asked of the database itself. */
const asked = new Map<string, readonly string[]>();

/** What a replica may answer: lists to look at. It never decides whether something is alive. */
const listRoutes = [
  'GET /v1/actor_tokens',
  'GET /v1/audit_log',
  'GET /v1/invitations',
  'GET /v1/organizations',
  'GET /v1/sessions',
  'GET /v1/sign_in_tokens',
  'GET /v1/users',
  'GET /v1/users/count',
];

beforeAll(async () => {
  service = await openService({
    developmentSecretKey: `sk_test_${'d'.repeat(40)}`,
    settings: { isClientTrustAsked: true, hasOrganizations: true },
    replica: watchReplica,
  });
  company = await openProvider([callbackUrl]);
  await service.app.ready();
});
afterAll(() => Promise.all([service.close(), company.close()]));

test('every route has a good request to spoil', () => {
  expect(routes.map(nameOf).toSorted()).toEqual(Object.keys(goodRequests).toSorted());
});

test('the lists that a replica may answer are those of the guide', () => {
  const place = new URL('../../../../docs/guides/several-nodes.md', import.meta.url);
  const guide = readFileSync(place, 'utf8');
  const [, section = ''] = /## Read replicas\n([^]*?)\n## /.exec(guide) ?? [];
  const told = [...section.matchAll(/`(?:GET )?(\/v1\/[\w/]+)`/g)].map(
    ([, route]) => `GET ${route}`,
  );
  expect(told.toSorted()).toEqual(listRoutes);
});

describe('the good request', () => {
  test.each(Object.keys(goodRequests))(
    'of %s works, and asks a replica for lists alone',
    async (name) => {
      const { target, good } = await aim(name);
      asksReplica = false;
      service.takeWork();
      const answer = await send(target, writeGood(target, good));
      asked.set(name, service.takeWork().statements);
      // The official scripts are installed by the operator.
      expect(answer.statusCode, answer.body).toBeLessThan(name.startsWith('GET /npm/') ? 405 : 400);
      expect(asksReplica).toBe(listRoutes.includes(name));
    },
  );

  test.skipIf(isOnPostgres())(
    'of no route but lists, and no purge, reads a table row by row',
    async () => {
      service.takeWork();
      await purge(service.world);
      const { body } = await service.backend('POST', '/v1/sign_in_tokens/revoke', {
        reason: 'none',
      });
      expect(body).toMatchObject({ revoked_count: 0 });
      const others = service.takeWork().statements;
      const problems: string[] = [];
      for (const [name, statements] of [...asked, ['the purge', others] as const]) {
        if (listRoutes.includes(name) || isReadAside.test(name)) continue;
        for (const statement of new Set(statements.flatMap((each) => each.split('; ')))) {
          if (!/^(SELECT|INSERT|UPDATE|DELETE|WITH) /.test(statement)) continue;
          const plan = await database.all(`EXPLAIN QUERY PLAN ${statement}`);
          for (const { detail } of plan) {
            const [, scanned = ''] = /^SCAN (\w+)/.exec(String(detail)) ?? [];
            if (scanned !== '' && !mayBeScanned.has(scanned))
              problems.push(`${name}: ${String(detail)}: ${statement}`);
          }
        }
      }
      expect(asked.size).toBeGreaterThan(140);
      expect(problems).toEqual([]);
    },
  );

  test.skipIf(isOnPostgres())(
    'of users by their address looks at the addresses of each alone',
    async () => {
      for (const kind of ['email_address', 'phone_number']) {
        await service.backend('GET', `/v1/users?order_by=${kind}`);
        const plan = await database.all(`EXPLAIN QUERY PLAN ${askedOfReplica}`);
        const searched = plan
          .map(({ detail }) => String(detail))
          .find((each) => each.includes(' i '));
        expect(searched).toBe('SEARCH i USING INDEX identifications_by_user (user_id=?)');
      }
    },
  );
});

describe('bad input', () => {
  test.each(Object.keys(goodRequests))(
    'to %s is refused in the envelope, and changes nothing',
    { timeout: 300_000 },
    async (name) => {
      let aimed = await aim(name);
      let before = service.dump();
      const problems: string[] = [];
      for (const bad of spoil(aimed.target, aimed.good)) {
        const { target, good } = aimed;
        combinations += 1;
        const answer = await send(target, bad.write(target, good));
        problems.push(
          ...judge(bad, answer, good.isPage ?? false).map((problem) => `${bad.name}: ${problem}`),
        );
        const after = service.dump();
        if (answer.statusCode >= 400) {
          const changed = after === before ? [] : changedTables(before, after, good.spends);
          problems.push(
            ...changed.map((table) => `${bad.name}: ${answer.statusCode} and wrote ${table}`),
          );
        }
        // It was no bad input to this route, and may have used up what the next one needs.
        if (answer.statusCode < 400 && after !== before) aimed = await aim(name, aimed.scene);
        before = service.dump();
      }
      expect(problems).toEqual([]);
    },
  );

  test('was tried in thousands of combinations', () => {
    console.info(`bad input: ${combinations} combinations over ${routes.length} routes`);
    expect(combinations).toBeGreaterThan(10_000);
  });
});

/** Lists are read aside, where nobody waits for them but who asked. */
const isReadAside =
  /^GET \/v1\/(organization_invitations|(organizations|users)\/:\w+\/(organization_)?(invitations|memberships)(\/pending)?)$/;

/** What a statement names by itself, tables of which an instance has few rows, and one that is emptied all the time. */
const mayBeScanned: ReadonlySet<string> = new Set([
  ...['CONSTANT', 'asked', 'blocks', 'numbered', 'page', 'm', 'c', 'found'],
  ...['instance', 'nobody', 'signing_keys', 'redirect_urls', 'kept_mails'],
  ...['enterprise_connections', 'enterprise_domains', 'enterprise_visits', 'audit_tail'],
]);

/** The database itself, which tells when it is asked in place of a replica. */
function watchReplica(engine: Engine): Reader {
  database = engine;
  const watched =
    <Result>(ask: (sql: string, ...values: SqlValue[]) => Promise<Result>) =>
    (sql: string, ...values: SqlValue[]) => {
      asksReplica = true;
      if (sql.includes('ORDER BY')) askedOfReplica = sql;
      return ask(sql, ...values);
    };
  return { get: watched(engine.get), all: watched(engine.all) };
}

function nameOf({ method, path }: FoundRoute): string {
  return `${method} ${path}`;
}

interface Aimed {
  readonly scene: Scene;
  readonly target: Target;
  readonly good: GoodRequest;
}

/** Routes that leave what they were given as it was, so that it can be given again. */
const isRepeatable =
  /^(GET|PUT) |^POST \/v1\/(users|sign_in_tokens|sessions|redirect_urls|client|dev_browser)$|(touch|tokens|metadata|verify|prepare_first_factor)$|^PATCH \/v1\/(instance|users)|^POST \/v1\/client\/sign_(in|up)s$/;

let serial = 0;

/** The good request of a route, in a fresh scene or in the present one where that will do. */
async function aim(name: string, present?: Scene): Promise<Aimed> {
  serial += 1;
  const isUsedUp = !isRepeatable.test(name) || name === 'GET /v1/clients/handshake_payload';
  const scene =
    present && !isUsedUp
      ? { ...present, serial }
      : { ...(await setScene(service, company, partsOf(name))), serial };
  const good = goodRequests[name]?.(scene) ?? {};
  const [method = '', path = ''] = name.split(' ');
  const file = routes.find((route) => nameOf(route) === name)?.file ?? '';
  const common = { host: service.host };
  if (file.startsWith('http/backend-api/')) {
    const headers = { ...common, authorization: `Bearer ${service.secretKey}` };
    return { scene, good, target: { api: 'backend', method, path, headers } };
  }
  const isOfLink = file.startsWith('http/hosted-link/');
  if (isOfLink || file.startsWith('http/frontend-api/')) {
    const cookie = good.cookie && scene[good.cookie];
    const headers = {
      ...common,
      ...(method === 'GET' ? {} : { origin: isOfLink ? `http://${service.host}` : appOrigin }),
      ...(cookie ? { cookie } : {}),
    };
    return { scene, good, target: { api: isOfLink ? 'link' : 'frontend', method, path, headers } };
  }
  return { scene, good, target: { api: 'other', method, path, headers: common } };
}

function partsOf(name: string): ReadonlySet<string> {
  return partsReadBy((scene) => {
    const cookie = goodRequests[name]?.(scene).cookie;
    return cookie && scene[cookie];
  });
}

function send(target: Target, { url, headers, payload }: ReturnType<typeof writeGood>) {
  const method = target.method as 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  return service.app.inject({
    method,
    url,
    headers: { ...headers },
    ...(payload === undefined ? {} : { payload }),
  });
}
