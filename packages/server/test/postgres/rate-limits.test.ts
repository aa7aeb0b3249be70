import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SignInJSON } from '@willcall/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { purge } from '../../src/domain/retention/purge.ts';
import { StoreUnavailable } from '../../src/domain/store.ts';
import type { Engine } from '../../src/store/engine.ts';
import { createPerson } from '../people.ts';
import { openService, type TestService } from '../service.ts';

let folder: string;
let nodes: TestService[];
/** How often the database was asked for permits. */
let asked = 0;
let isAway = false;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'willcall-limits-'));
  nodes = await Promise.all(
    [1, 2, 3].map(() => openService({ folder, hasRateLimits: true, before: watchCounts })),
  );
  // Machines keep their clocks together; these began one after another.
  const latest = Math.max(...nodes.map(({ clock }) => clock.now()));
  for (const { clock } of nodes) clock.advance(latest - clock.now());
});
afterAll(async () => {
  await Promise.all(nodes.map((each) => each.close()));
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  pass(10_000);
  asked = 0;
  isAway = false;
});

function pass(milliseconds: number): void {
  for (const { clock } of nodes) clock.advance(milliseconds);
}

function watchCounts(engine: Engine): Engine {
  const { count } = engine;
  if (!count) throw new TypeError('these tests are about a database that nodes share');
  return {
    ...engine,
    async count(...statement) {
      asked += 1;
      if (isAway) throw new StoreUnavailable('it is away');
      return count(...statement);
    },
  };
}

function node(at: number): TestService {
  const found = nodes[at % nodes.length];
  if (!found) throw new TypeError('there is no node');
  return found;
}

const signIn = (at: number, form: Readonly<Record<string, string>> = {}) =>
  node(at).browser().post('/v1/client/sign_ins', form);
const read = (at: number) => node(at).backend('GET', '/v1/instance');

const statuses = async (calls: readonly Promise<{ readonly status: number }>[]) =>
  (await Promise.all(calls)).map(({ status }) => status);
const passed = (all: readonly number[]) => all.filter((status) => status === 200).length;

describe('three nodes on one database', () => {
  test('let five sign-ins of an address begin, whichever nodes it asks', async () => {
    const answers: number[] = [];
    for (let at = 0; at < 8; at++) answers.push((await signIn(at)).status);
    expect(answers).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    pass(10_000);
    expect((await signIn(1)).status).toBe(200);
  });

  test('let no more begin at once than one after another', async () => {
    const answers = await statuses(Array.from({ length: 48 }, (_, at) => signIn(at)));
    expect([passed(answers), new Set(answers)]).toEqual([5, new Set([200, 429])]);
  });

  test('let the Backend API be called as often as it may be, and take permits by the handful', async () => {
    const answers = await statuses(Array.from({ length: 150 }, (_, at) => read(at)));
    expect(new Set(answers)).toEqual(new Set([200, 429]));
    // What a node holds when the limit is reached is given to nobody else: a handful each.
    expect(passed(answers)).toBeLessThanOrEqual(100);
    expect(passed(answers)).toBeGreaterThan(100 - 5 * 3);
    expect(asked).toBeLessThanOrEqual(100 / 5 + 3);
  });

  test('let whoever asks too often about one person use up nothing that others at the address have', async () => {
    const about = (at: number, name: string) => signIn(at, { identifier: `${name}@example.com` });
    const burst = await statuses(Array.from({ length: 60 }, () => about(0, 'one')));
    expect(burst.filter((status) => status !== 429)).toHaveLength(5);
    const others = await statuses(Array.from({ length: 40 }, (_, at) => about(1, `other${at}`)));
    expect(others).not.toContain(429);
  });

  test('ask nobody while a limit is reached', async () => {
    for (let at = 0; at < 9; at++) await signIn(at);
    asked = 0;
    const answers = await statuses(Array.from({ length: 60 }, (_, at) => signIn(at)));
    expect([new Set(answers), asked]).toEqual([new Set([429]), 0]);
  });

  test('count one user of the Backend API together, and another one apart', async () => {
    const [one, other] = [await createPerson(node(0)), await createPerson(node(0))];
    const change = (at: number, { id }: { readonly id: string }) =>
      node(at).backend('PATCH', `/v1/users/${id}`, {});
    const answers = await statuses(Array.from({ length: 24 }, (_, at) => change(at, one)));
    expect([passed(answers), (await change(2, other)).status]).toEqual([10, 200]);
  });

  test('mail ten codes an hour to an address, and let twenty guesses be made', async () => {
    const identifier = 'ada@example.com';
    await createPerson(node(0), { email_address: [identifier] });
    const codes: (string | undefined)[] = [];
    for (let at = 0; at < 12; at++) {
      pass(10_000);
      const browser = node(at).browser();
      const form = { identifier, strategy: 'email_code' };
      const { code, body } = await browser.post<SignInJSON>('/v1/client/sign_ins', form);
      codes.push(code);
      const url = `/v1/client/sign_ins/${body.response?.id}/attempt_first_factor`;
      const guess = { strategy: 'email_code', code: 'not a code' };
      for (let tried = 0; tried < 3 && !code; tried++)
        codes.push((await browser.post(url, guess)).code);
    }
    const count = (wanted: string | undefined) => codes.filter((code) => code === wanted).length;
    // Two more codes, and ten more guesses.
    expect([count(undefined), count('form_code_incorrect')]).toEqual([10, 20]);
    expect([count('too_many_requests'), codes.length]).toEqual([12, 42]);
    pass(3_600_000);
  });

  test('begin anew where a clock was ahead, and not where their clocks differ a little', async () => {
    node(0).clock.advance(86_400_000);
    for (let at = 0; at < 6; at++) await signIn(0);
    expect((await signIn(0)).status).toBe(429);
    node(0).clock.advance(-86_400_000);
    node(1).clock.advance(500);
    const answers: number[] = [];
    for (const at of [1, 0, 2, 0, 1, 0, 2, 1]) answers.push((await signIn(at)).status);
    expect(answers).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    node(1).clock.advance(-500);
    pass(500);
  });

  test('let nobody in whom they cannot count', async () => {
    const before = node(0).dump();
    isAway = true;
    const { status, code, headers } = await signIn(0);
    expect([status, code, headers['retry-after']]).toEqual([503, 'service_unavailable', '2']);
    expect(node(0).dump()).toEqual(before);
    isAway = false;
    expect((await signIn(0)).status).toBe(200);
  });

  test('keep no address and no name, and nothing after the window', async () => {
    await purge(node(0).world);
    await signIn(0, { identifier: 'ada@example.com' });
    const rows = node(0).dump()['rate_limits'] ?? [];
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/ada|127\.0\.0\.1/);
    await purge(node(0).world);
    expect(node(0).dump()['rate_limits']).toHaveLength(2);
    pass(10_000);
    await purge(node(0).world);
    expect(node(0).dump()['rate_limits']).toEqual([]);
  });
});
