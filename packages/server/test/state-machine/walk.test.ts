import type { SignInJSON, SignInTokenDetailsJSON } from '@willcall/contract';
import {
  array,
  assert,
  asyncProperty,
  boolean,
  constant,
  constantFrom,
  nat,
  oneof,
  record,
} from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOf, wrongCodeOf } from '../authenticator.ts';
import type { Browser, PageAnswer } from '../browser.ts';
import { addressOf, createPerson, issueTicket, rightPassword } from '../people.ts';
import { openService, type TestService } from '../service.ts';
import { at, ban, identify, type Model, type Policy, present, send, take } from './model.ts';

const isNightly = process.env['WILLCALL_NIGHTLY'] === '1';
const runs = isNightly ? 2000 : 40;

let service: TestService;

beforeAll(async () => {
  service = await openService({ settings: { lockoutAttempts: 1000 } });
  await createPeople();
});
afterAll(() => service.close());

/** Every state that a walk came through, over all walks. */
const seen = new Map<string, number>();

const browsers = nat(1);
const users = nat(2);
/** The last one has no account. */
const persons = nat(3);
const tickets = nat(7);
const firstWays = constantFrom('password', 'email_code', 'reset');
const step = oneof(
  {
    weight: 4,
    arbitrary: record({ do: constant('present'), browser: browsers, ticket: tickets }),
  },
  {
    weight: 3,
    arbitrary: record({ do: constant('identify'), browser: browsers, user: persons }),
  },
  {
    weight: 8,
    arbitrary: record({ do: constant('goOn'), browser: browsers, way: firstWays }),
  },
  {
    weight: 5,
    arbitrary: record({
      do: constantFrom('take', 'send'),
      browser: browsers,
      strategy: constantFrom('password', 'email_code', 'reset', 'new_password', 'totp', 'device'),
      isRight: boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: record({
      do: constant('issue'),
      user: users,
      stepUp: constantFrom('none', 'second_factor', 'client_trust', undefined),
      minutes: constantFrom(1, 5, 1000),
    }),
  },
  { weight: 1, arbitrary: record({ do: constant('revoke'), ticket: tickets }) },
  { weight: 1, arbitrary: record({ do: constantFrom('ban', 'unban'), user: users }) },
  {
    weight: 1,
    arbitrary: record({ do: constant('wait'), minutes: constantFrom(1, 6, 11) }),
  },
  { weight: 2, arbitrary: record({ do: constant('signOut'), browser: browsers }) },
);

type Step = Record<string, unknown> & { do: string };

test(`walking at random over HTTP meets what the model expects, ${runs} times`, async () => {
  const policies = record({
    clientTrust: boolean(),
    least: constantFrom('none' as const, 'client_trust' as const),
    besideTickets: boolean(),
    isProtected: boolean(),
  });
  await assert(
    asyncProperty(
      policies,
      array(step, { minLength: 20, maxLength: 60 }),
      async (policy, steps) => {
        const walker = await begin(policy);
        for (const each of steps) await walk(walker, each);
        await compareTickets(walker);
      },
    ),
    { numRuns: runs, examples: knownWalks },
  );
  const reached = [...seen.keys()].toSorted();
  console.log(
    `states and refusals met: ${reached.map((state) => `${state} ${seen.get(state)}`).join(', ')}`,
  );
  // No state is out of reach: each was met, and often.
  for (const state of [
    'needs_first_factor',
    'needs_new_password',
    'needs_second_factor',
    'needs_client_trust',
    'complete',
    'sign_in_token_already_used_code',
    'sign_in_token_revoked_code',
    'ticket_expired_code',
    'session_exists',
    'user_banned',
    'sign_in_step_invalid',
    'form_password_incorrect',
    'form_code_incorrect',
    'form_identifier_not_found',
    'verification_missing',
    'verification_expired',
  ]) {
    expect(seen.get(state) ?? 0, state).toBeGreaterThan(0);
  }
}, 900_000);

/** Walks to places that chance finds seldom: a late code, a ticket that is used twice or withdrawn. */
const plain: Policy = {
  clientTrust: false,
  least: 'none',
  besideTickets: false,
  isProtected: false,
};
const issueOne = { do: 'issue', user: 0, stepUp: undefined, minutes: 5 };
const inBrowser = (browser: number) => ({ browser, ticket: 0, user: 0 });
const knownWalks: [Policy, Step[]][] = [
  [
    plain,
    [
      { do: 'identify', ...inBrowser(0) },
      { do: 'send', ...inBrowser(0), strategy: 'email_code' },
      { do: 'take', ...inBrowser(0), strategy: 'email_code', isRight: false },
      { do: 'wait', minutes: 11 },
      { do: 'take', ...inBrowser(0), strategy: 'email_code', isRight: true },
      { do: 'take', ...inBrowser(0), strategy: 'password', isRight: false },
    ],
  ],
  [
    plain,
    [
      issueOne,
      { do: 'present', ...inBrowser(0) },
      { do: 'present', ...inBrowser(1) },
      { do: 'present', ...inBrowser(0) },
    ],
  ],
  [plain, [issueOne, { do: 'revoke', ticket: 0 }, { do: 'present', ...inBrowser(0) }]],
  [
    plain,
    [
      { do: 'identify', ...inBrowser(0) },
      { do: 'goOn', ...inBrowser(0), way: 'reset' },
      { do: 'goOn', ...inBrowser(0), way: 'password' },
      issueOne,
      { do: 'present', ...inBrowser(0) },
      { do: 'ban', user: 0 },
      { do: 'present', ...inBrowser(1) },
    ],
  ],
  [
    { ...plain, clientTrust: true },
    [
      { do: 'identify', browser: 0, user: 1 },
      { do: 'goOn', ...inBrowser(0), way: 'password' },
      { do: 'take', ...inBrowser(0), strategy: 'totp', isRight: false },
      { do: 'goOn', ...inBrowser(0), way: 'password' },
      { do: 'identify', browser: 1, user: 2 },
      { do: 'goOn', ...inBrowser(1), way: 'password' },
      { do: 'goOn', ...inBrowser(1), way: 'password' },
    ],
  ],
  [
    { ...plain, clientTrust: true },
    [
      { do: 'identify', browser: 0, user: 2 },
      { do: 'identify', browser: 1, user: 2 },
      { do: 'goOn', ...inBrowser(0), way: 'password' },
      { do: 'goOn', ...inBrowser(1), way: 'reset' },
      { do: 'goOn', ...inBrowser(1), way: 'password' },
      { do: 'goOn', ...inBrowser(0), way: 'password' },
      { do: 'take', ...inBrowser(0), strategy: 'device', isRight: false },
      { do: 'take', ...inBrowser(0), strategy: 'device', isRight: true },
    ],
  ],
  [
    { ...plain, besideTickets: true, isProtected: true },
    [
      issueOne,
      { do: 'present', ...inBrowser(0) },
      { do: 'revoke', ticket: 0 },
      { do: 'take', ...inBrowser(0), strategy: 'password', isRight: false },
    ],
  ],
  [plain, [issueOne, { do: 'wait', minutes: 6 }, { do: 'present', ...inBrowser(0) }]],
  [plain, [{ do: 'identify', browser: 0, user: 3 }]],
  ...[3, 0].map((user): [Policy, Step[]] => [
    { ...plain, isProtected: true },
    [
      { do: 'identify', browser: 0, user },
      { do: 'ban', user: 0 },
      { do: 'take', ...inBrowser(0), strategy: 'password', isRight: true },
      { do: 'send', ...inBrowser(0), strategy: 'reset' },
      { do: 'take', ...inBrowser(0), strategy: 'reset', isRight: false },
      { do: 'take', ...inBrowser(0), strategy: 'reset', isRight: true },
      { do: 'unban', user: 0 },
      { do: 'goOn', ...inBrowser(0), way: 'email_code' },
    ],
  ]),
  [
    { ...plain, besideTickets: true },
    [
      issueOne,
      { do: 'present', ...inBrowser(0) },
      { do: 'present', ...inBrowser(1) },
      { do: 'goOn', ...inBrowser(1), way: 'reset' },
      { do: 'goOn', ...inBrowser(1) },
      { do: 'goOn', ...inBrowser(0), way: 'password' },
    ],
  ],
  // A reset that was proved ends after ten minutes, by another reset, and by a ban.
  [
    plain,
    [
      { do: 'identify', ...inBrowser(0) },
      { do: 'goOn', ...inBrowser(0), way: 'reset' },
      { do: 'wait', minutes: 11 },
      { do: 'take', ...inBrowser(0), strategy: 'new_password', isRight: true },
    ],
  ],
  [
    plain,
    [
      { do: 'identify', ...inBrowser(0) },
      { do: 'goOn', ...inBrowser(0), way: 'reset' },
      { do: 'identify', browser: 1, user: 0 },
      { do: 'send', ...inBrowser(1), strategy: 'reset' },
      { do: 'take', ...inBrowser(0), strategy: 'new_password', isRight: true },
      { do: 'take', ...inBrowser(1), strategy: 'reset', isRight: true },
    ],
  ],
  [
    plain,
    [
      { do: 'identify', ...inBrowser(0) },
      { do: 'goOn', ...inBrowser(0), way: 'reset' },
      { do: 'identify', browser: 1, user: 0 },
      { do: 'goOn', ...inBrowser(1), way: 'reset' },
      { do: 'take', ...inBrowser(0), strategy: 'new_password', isRight: true },
      { do: 'take', ...inBrowser(1), strategy: 'new_password', isRight: true },
    ],
  ],
  [
    plain,
    [
      { do: 'identify', ...inBrowser(0) },
      { do: 'goOn', ...inBrowser(0), way: 'reset' },
      { do: 'ban', user: 0 },
      { do: 'unban', user: 0 },
      { do: 'take', ...inBrowser(0), strategy: 'new_password', isRight: true },
    ],
  ],
];

interface Walker {
  readonly model: Model;
  readonly people: {
    readonly id: string | undefined;
    readonly address: string;
    readonly secret: string | undefined;
  }[];
  readonly places: { readonly browser: Browser; signInId: string }[];
  readonly issued: { readonly id: string; readonly ticket: string }[];
}

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
/** One person with an app, two without. Each walk finds them as they were. */
const cast: Walker['people'] = [];

const nobody = { id: undefined, address: 'nobody+clerk_test@example.com', secret: undefined };
let everybody: Walker['people'] = [];

async function createPeople(): Promise<void> {
  for (const hasApp of [false, true, false]) {
    const fields = {
      email_address: [`walker${cast.length}+clerk_test@example.com`],
      password: rightPassword,
      ...(hasApp ? { totp_secret: secret } : {}),
    };
    const user = await createPerson(service, fields);
    cast.push({ id: user.id, address: addressOf(user), secret: hasApp ? secret : undefined });
  }
  everybody = [...cast, nobody];
}

async function begin(policy: Policy): Promise<Walker> {
  const { settings } = service.world.instance;
  await service.world.instance.save({
    ...settings,
    isClientTrustAsked: policy.clientTrust,
    leastStepUp: policy.least,
    isFirstFactorAskedBesideTickets: policy.besideTickets,
    isEnumerationProtected: policy.isProtected,
  });
  for (const { id } of cast) await service.backend('POST', `/v1/users/${id}/unban`);
  const places = [service.browser(), service.browser()].map((browser) => ({
    browser,
    signInId: '',
  }));
  for (const { browser } of places) await browser.get('/v1/client');
  return {
    model: {
      now: service.clock.now(),
      policy,
      users: everybody.map((person) => ({
        hasAccount: person.id !== undefined,
        hasApp: person.secret !== undefined,
        isBanned: false,
        passwords: 0,
      })),
      tickets: [],
      browsers: places.map(() => ({
        attempt: undefined,
        session: undefined,
        knownTo: new Set<number>(),
      })),
    },
    people: everybody,
    places,
    issued: [],
  };
}

async function walk(walker: Walker, given: Step): Promise<void> {
  const { model, people, places, issued } = walker;
  const [browser, user, ticket] = [given['browser'], given['user'], given['ticket']] as number[];
  switch (given.do) {
    case 'present': {
      if (!issued[ticket ?? 0]) return;
      const expected = present(model, browser ?? 0, ticket ?? 0);
      const form = { strategy: 'ticket', ticket: issued[ticket ?? 0]?.ticket ?? '' };
      return compare(
        walker,
        browser ?? 0,
        expected,
        await at(places, browser ?? 0).browser.post('/v1/client/sign_ins', form),
      );
    }
    case 'identify': {
      const expected = identify(model, browser ?? 0, user ?? 0);
      const form = { identifier: people[user ?? 0]?.address ?? '' };
      return compare(
        walker,
        browser ?? 0,
        expected,
        await at(places, browser ?? 0).browser.post('/v1/client/sign_ins', form),
      );
    }
    case 'goOn':
      return goOn(walker, browser ?? 0, String(given['way']));
    case 'take':
      return takeStep(walker, browser ?? 0, String(given['strategy']), given['isRight'] === true);
    case 'send':
      return sendCode(walker, browser ?? 0, String(given['strategy']));
    case 'issue':
      return issue(walker, user ?? 0, given);
    case 'revoke': {
      const target = issued[ticket ?? 0];
      if (!target) return;
      await service.backend('POST', `/v1/sign_in_tokens/${target.id}/revoke`);
      const known = at(model.tickets, ticket ?? 0);
      if (known.state === 'pending') known.state = 'revoked';
      return;
    }
    case 'ban':
    case 'unban': {
      await service.backend('POST', `/v1/users/${people[user ?? 0]?.id}/${given.do}`);
      if (given.do === 'ban') ban(model, user ?? 0);
      else at(model.users, user ?? 0).isBanned = false;
      return;
    }
    case 'wait':
      return pass(walker, Number(given['minutes']) * 60_000);
    default:
      await at(places, browser ?? 0).browser.post('/v1/client/sessions?_method=DELETE');
      at(model.browsers, browser ?? 0).session = undefined;
  }
}

/** Does what the attempt waits for, and does it right: so that walks come to an end now and then. */
async function goOn(walker: Walker, browser: number, way: string): Promise<void> {
  const attempt = at(walker.model.browsers, browser).attempt;
  switch (attempt?.status) {
    case 'needs_first_factor':
      if (way !== 'password') await sendCode(walker, browser, way);
      return takeStep(walker, browser, way, true);
    case 'needs_new_password':
      return takeStep(walker, browser, 'new_password', true);
    case 'needs_second_factor':
      return takeStep(walker, browser, 'totp', true);
    case 'needs_client_trust':
      await sendCode(walker, browser, 'device');
      if (at(walker.model.browsers, browser).attempt?.sent)
        await takeStep(walker, browser, 'device', true);
      return;
    default:
  }
}

async function issue(walker: Walker, user: number, given: Step): Promise<void> {
  const { model, people, issued } = walker;
  const stepUp = given['stepUp'] as Model['tickets'][number]['stepUp'];
  if (issued.length > 7 || at(model.users, user).isBanned) return;
  if (stepUp === 'second_factor' && !at(model.users, user).hasApp) return;
  const seconds = Number(given['minutes']) * 60;
  const fields = { expires_in_seconds: seconds, ...(stepUp ? { step_up: stepUp } : {}) };
  const { id, token } = await issueTicket(service, at(people, user).id ?? '', fields);
  issued.push({ id, ticket: token });
  const expiresAt = model.now + seconds * 1000;
  model.tickets.push({ user, stepUp, expiresAt, state: 'pending', redeemed: undefined });
}

const calls: Readonly<Record<string, { path: string; strategy: string }>> = {
  password: { path: 'first_factor', strategy: 'password' },
  email_code: { path: 'first_factor', strategy: 'email_code' },
  reset: { path: 'first_factor', strategy: 'reset_password_email_code' },
  totp: { path: 'second_factor', strategy: 'totp' },
  device: { path: 'second_factor', strategy: 'email_code' },
};

function callOf(strategy: string): { path: string; strategy: string } {
  const call = calls[strategy];
  if (!call) throw new RangeError(`no call takes ${strategy}`);
  return call;
}

async function takeStep(
  walker: Walker,
  browser: number,
  strategy: string,
  isRight: boolean,
): Promise<void> {
  const { model, places, people } = walker;
  const attempt = at(model.browsers, browser).attempt;
  if (!attempt || isOtherwiseTaken(attempt.status, strategy)) return;
  // Each code of an app works once: the next one is a step later.
  if (strategy === 'totp') pass(walker, 60_000);
  // Passwords are told apart by when they were set, and to choose one takes longer than this.
  if (strategy === 'new_password') pass(walker, 1);
  const place = at(places, browser);
  const expected = take(model, browser, strategy, isRight);
  const path = `/v1/client/sign_ins/${place.signInId}`;
  if (strategy === 'new_password') {
    return compare(
      walker,
      browser,
      expected,
      await place.browser.post(`${path}/reset_password`, { password: rightPassword }),
    );
  }
  const call = callOf(strategy);
  const code =
    strategy === 'totp'
      ? appCode(people[attempt.user]?.secret, isRight)
      : isRight
        ? '424242'
        : '424243';
  const proof =
    strategy === 'password' ? { password: isRight ? rightPassword : 'something else' } : { code };
  const form = { strategy: call.strategy, ...proof } as Record<string, string>;
  await compare(
    walker,
    browser,
    expected,
    await place.browser.post(`${path}/attempt_${call.path}`, form),
  );
}

async function sendCode(walker: Walker, browser: number, strategy: string): Promise<void> {
  const { model, places } = walker;
  const attempt = at(model.browsers, browser).attempt;
  const isSendable = ['email_code', 'reset', 'device'].includes(strategy);
  if (!attempt || !isSendable || isOtherwiseTaken(attempt.status, strategy)) return;
  const call = callOf(strategy);
  const expected = send(model, browser, strategy);
  const url = `/v1/client/sign_ins/${at(places, browser).signInId}/prepare_${call.path}`;
  await compare(
    walker,
    browser,
    expected,
    await at(places, browser).browser.post(url, { strategy: call.strategy }),
  );
}

/** On the wire a device and a second factor are proved at one address, which takes whichever is asked. */
function isOtherwiseTaken(status: string, strategy: string): boolean {
  return (
    (status === 'needs_client_trust' && strategy === 'totp') ||
    (status === 'needs_second_factor' && strategy === 'device')
  );
}

function appCode(given: string | undefined, isRight: boolean): string {
  if (given === undefined) return '000000';
  return isRight ? codeOf(given, service.clock) : wrongCodeOf(given, service.clock);
}

function pass(walker: Walker, milliseconds: number): void {
  service.clock.advance(milliseconds);
  walker.model.now += milliseconds;
}

async function compare(
  walker: Walker,
  browser: number,
  expected: string,
  answer: PageAnswer<SignInJSON>,
): Promise<void> {
  const got = answer.code ?? answer.body.response.status;
  expect(got).toBe(expected);
  expect(answer.status).toBeLessThan(500);
  seen.set(got, (seen.get(got) ?? 0) + 1);
  if (answer.code === undefined) at(walker.places, browser).signInId = answer.body.response.id;
  // Who is signed in is what the model says, no more and no fewer.
  const { session } = at(walker.model.browsers, browser);
  const { body } = await at(walker.places, browser).browser.get<{
    sessions: { user: { id: string } }[];
  } | null>('/v1/client');
  const signedIn = body.response?.sessions.map(({ user }) => user.id) ?? [];
  expect(signedIn).toEqual(session ? [walker.people[session.user]?.id] : []);
}

async function compareTickets(walker: Walker): Promise<void> {
  for (const [number, { id }] of walker.issued.entries()) {
    const { body } = await service.backend<SignInTokenDetailsJSON>(
      'GET',
      `/v1/sign_in_tokens/${id}`,
    );
    expect(body.status).toBe(walker.model.tickets[number]?.state);
    expect(body.session_id !== null).toBe(walker.model.tickets[number]?.state === 'accepted');
  }
}
