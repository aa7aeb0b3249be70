import type {
  BackendUserJSON,
  SessionReverificationJSON,
  SignInJSON,
  SignUpJSON,
} from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, PageAnswer, PageCall } from './browser.ts';
import { compare, observe, type Observed } from './observer.ts';
import { addressOf, createPerson, issueTicket, redeem, rightPassword } from './people.ts';
import { openService, type TestOptions, type TestService } from './service.ts';

const open: TestService[] = [];
/** Tells who has an account, as it does by default. */
let telling: TestService;
/** Tells nobody. */
let silent: TestService;

beforeAll(async () => {
  telling = await start({ settings: { lockoutAttempts: 10 } });
  silent = await start({ settings: { lockoutAttempts: 10, isEnumerationProtected: true } });
});
afterAll(() => Promise.all(open.map((service) => service.close())));

async function start(options: TestOptions): Promise<TestService> {
  const service = await openService({
    ...options,
    hasRateLimits: true,
    trustedProxies: ['127.0.0.1'],
  });
  open.push(service);
  return service;
}

let networks = 0;

/** A call from a network that nobody has called from before: one of the /64 of two /48. */
function elsewhere({ host }: TestService): PageCall {
  networks += 1;
  const address = `2001:db8:${networks % 2}:${networks.toString(16)}::1`;
  return { headers: { 'x-forwarded-for': address, 'x-forwarded-host': host } };
}

const signIns = '/v1/client/sign_ins';
const signUps = '/v1/client/sign_ups';

/** Somebody who has proved nothing, and calls from another network each time. */
function stranger(service: TestService, browser: Browser = service.browser()) {
  const post = <Resource>(url: string, form: Record<string, string>) =>
    browser.post<Resource>(url, form, elsewhere(service));
  return {
    post,
    async begin(identifier: string, form: Record<string, string> = {}) {
      const begun = await post<SignInJSON>(signIns, { identifier, ...form });
      const url = `${signIns}/${begun.body.response?.id}`;
      return {
        begun,
        send: (strategy = 'email_code') => post(`${url}/prepare_first_factor`, { strategy }),
        guess: (code = 'not a code', strategy = 'email_code') =>
          post<SignInJSON>(`${url}/attempt_first_factor`, { strategy, code }),
      };
    },
    async signUp(address: string) {
      const form = { email_address: address, password: rightPassword };
      const { body } = await post<SignUpJSON>(signUps, form);
      const url = `${signUps}/${body.response.id}`;
      const strategy = 'email_code';
      return {
        send: () => post(`${url}/prepare_verification`, { strategy }),
        guess: () => post(`${url}/attempt_verification`, { strategy, code: 'not a code' }),
      };
    },
  };
}

interface Steps {
  send(): Promise<PageAnswer<unknown>>;
  guess(): Promise<PageAnswer<unknown>>;
}

/** Guesses until something else is answered than that the code is wrong, with a new code for each five. */
async function guessOn(begin: () => Promise<Steps>): Promise<{
  guesses: number;
  last: PageAnswer<unknown>;
}> {
  for (let guesses = 0; guesses < 200;) {
    const { send, guess } = await begin();
    expect((await send()).status).toBe(200);
    for (let at = 0; at < 5; at++, guesses++) {
      const last = await guess();
      if (last.code !== 'form_code_incorrect') return { guesses, last };
    }
  }
  throw new Error('200 guesses were taken');
}

const told = ({ status, code, headers }: PageAnswer<unknown>) => [
  status,
  code,
  headers['retry-after'],
];
const tooMany = [429, 'too_many_requests', '3600'];

async function mailsTo(service: TestService, address: string): Promise<number> {
  await service.world.mailer.settled();
  const all = await service.world.store.mailbox.list();
  return all.filter(({ to }) => to === address).length;
}

/** The newest mail is told by its time. */
async function readCode(service: TestService, send: () => Promise<{ status: number }>) {
  service.clock.advance(1000);
  expect((await send()).status).toBe(200);
  return service.mailedCode();
}

describe.each([
  ['that tells who has an account', () => telling],
  ['that tells nobody', () => silent],
])('at an instance %s', (_what, find) => {
  test.each(['email_code', 'reset_password_email_code'])(
    'codes of %s are guessed at twenty times an hour, over all sign-ins and networks, and lock nobody',
    async (strategy) => {
      const service = find();
      const user = await createPerson(service, { password: rightPassword });
      const identifier = addressOf(user);
      const begin = async () => {
        const { send, guess } = await stranger(service).begin(identifier);
        return { send: () => send(strategy), guess: () => guess('not a code', strategy) };
      };
      const { guesses, last } = await guessOn(begin);
      expect([guesses, ...told(last)]).toEqual([20, ...tooMany]);

      const { body } = await service.backend<BackendUserJSON>('GET', `/v1/users/${user.id}`);
      expect(body.locked).toBe(false);
      const { begun } = await stranger(service).begin(identifier, { password: rightPassword });
      expect(begun.body.response.status).toBe('complete');
      const { token } = await issueTicket(service, user.id);
      expect((await redeem(service.browser(), token)).status).toBe(200);

      service.clock.advance(3_600_000);
      const again = await begin();
      await again.send();
      expect((await again.guess()).code).toBe('form_code_incorrect');
    },
  );

  test('the right code is not taken above that', async () => {
    const service = find();
    const identifier = addressOf(await createPerson(service));
    const { send, guess } = await stranger(service).begin(identifier);
    const code = await readCode(service, send);
    await guessOn(() => stranger(service).begin(identifier));
    const sessions = service.dump()['sessions'];
    expect((await guess(code)).code).toBe('too_many_requests');
    expect(service.dump()['sessions']).toEqual(sessions);
  });

  test('ten codes an hour are mailed to an address, however they are asked for', async () => {
    const service = find();
    const user = await createPerson(service, { password: rightPassword });
    const address = addressOf(user);
    const answers: PageAnswer<unknown>[] = [];
    for (let at = 0; at < 4; at++) {
      const identifier = at % 2 === 0 ? address : ` ${address.toUpperCase()}`;
      const { begun, send } = await stranger(service).begin(identifier, { strategy: 'email_code' });
      answers.push(begun, await send(), await send('reset_password_email_code'));
    }
    expect(answers.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 10 }, () => 200),
      429,
      429,
    ]);
    expect(told(answers.at(-1) as PageAnswer<unknown>)).toEqual(tooMany);
    expect(await mailsTo(service, address)).toBe(10);

    const other = addressOf(await createPerson(service));
    expect((await (await stranger(service).begin(other)).send()).status).toBe(200);
    service.clock.advance(3_600_000);
    expect((await (await stranger(service).begin(address)).send()).status).toBe(200);
  });

  test('ten codes an hour are mailed for sign-ups, and twenty guesses taken', async () => {
    const service = find();
    const { guesses, last } = await guessOn(() => stranger(service).signUp('new@example.com'));
    expect([guesses, ...told(last)]).toEqual([20, ...tooMany]);
    const statuses: number[] = [];
    for (let at = 0; at < 11; at++) {
      const { send } = await stranger(service).signUp('bombed@example.com');
      statuses.push((await send()).status);
    }
    expect([statuses.indexOf(429), await mailsTo(service, 'bombed@example.com')]).toEqual([10, 10]);
  });

  test('a browser that is known has codes and guesses of its own', async () => {
    const service = find();
    const user = await createPerson(service);
    const own = service.browser();
    const first = await stranger(service, own).begin(addressOf(user));
    const done = await first.guess(await readCode(service, first.send));
    expect(done.body.response.status).toBe('complete');
    await own.post('/v1/client/sessions?_method=DELETE');

    await guessOn(() => stranger(service).begin(addressOf(user)));
    const attacker = await stranger(service).begin(addressOf(user));
    for (let at = 0; at < 10; at++) await attacker.send();
    expect((await attacker.send()).status).toBe(429);

    const again = await stranger(service, own).begin(addressOf(user));
    const back = await again.guess(await readCode(service, again.send));
    expect(back.body.response.status).toBe('complete');
  });
});

describe('what strangers use up', () => {
  async function useUp(service: TestService, identifier: string): Promise<void> {
    await guessOn(() => stranger(service).begin(identifier));
    const { send } = await stranger(service).begin(identifier);
    for (let at = 0; at < 10; at++) await send();
    expect((await send()).status).toBe(429);
  }

  test('leaves whoever is signed in twenty guesses for a fresh proof, and no more', async () => {
    const user = await createPerson(telling);
    const browser = telling.browser();
    const ticket = (await issueTicket(telling, user.id)).token;
    const id = (await redeem(browser, ticket)).body.response.created_session_id ?? '';
    const at = `/v1/client/sessions/${id}/verify`;
    const { post } = stranger(telling, browser);
    await useUp(telling, addressOf(user));

    await post(at, { level: 'first_factor' });
    const strategy = 'email_code';
    const send = () => post(`${at}/prepare_first_factor`, { strategy });
    const guess = (code = 'not a code') =>
      post<SessionReverificationJSON>(`${at}/attempt_first_factor`, { strategy, code });
    const code = await readCode(telling, send);
    expect((await guess(code)).body.response.status).toBe('complete');

    await post(at, { level: 'first_factor' });
    const { guesses, last } = await guessOn(async () => ({ send, guess: () => guess() }));
    expect([guesses, last.code]).toEqual([19, 'too_many_requests']);
    const read = await telling.backend<BackendUserJSON>('GET', `/v1/users/${user.id}`);
    expect(read.body.locked).toBe(false);
  });

  test('leaves whoever knows the password ten codes for a new device', async () => {
    const service = await start({ settings: { isClientTrustAsked: true } });
    const user = await createPerson(service, { password: rightPassword });
    await useUp(service, addressOf(user));
    const { post, begin } = stranger(service);
    const { begun } = await begin(addressOf(user), { password: rightPassword });
    expect(begun.body.response.status).toBe('needs_client_trust');
    const url = `${signIns}/${begun.body.response.id}`;
    const strategy = 'email_code';
    const send = () => post(`${url}/prepare_second_factor`, { strategy });
    let code = await readCode(service, send);
    for (let at = 1; at < 10; at++) code = await readCode(service, send);
    expect((await send()).code).toBe('too_many_requests');
    const done = await post<SignInJSON>(`${url}/attempt_second_factor`, { strategy, code });
    expect(done.body.response.status).toBe('complete');
  });
});

describe('limits tell nobody who has an account', () => {
  const username = 'ada_lovelace';
  const known = 'ada@example.com';
  const unknown = 'nobody@example.com';

  beforeAll(async () => {
    const fields = { email_address: [known], username, password: rightPassword };
    await createPerson(silent, fields);
  });

  /** Takes the steps for an address and a username of one person, and of nobody. */
  async function seesTheSame(
    steps: (see: (form: Seen) => Promise<void>, address: string, name: string) => Promise<void>,
  ): Promise<Observed[]> {
    const walks: Observed[][] = [];
    for (const [address, name] of [
      [known, username],
      [unknown, 'grace_hopper'],
    ] as const) {
      silent.clock.advance(3_600_000);
      const all: Observed[] = [];
      const see = async (seen: Seen) => void all.push(await observe(silent, address, seen));
      await steps(see, address, name);
      walks.push(all);
    }
    const [first = [], second = []] = walks;
    compare('nobody', second, first);
    return first;
  }
  type Seen = () => Promise<PageAnswer<unknown>>;

  const statuses = (seen: readonly Observed[]) => seen.map(({ answer: { status } }) => status);

  /** All steps from one network. */
  function visitor() {
    const browser = silent.browser();
    const begin = async (url: string, form: Record<string, string>) => {
      const { body } = await browser.post<SignInJSON | SignUpJSON>(url, form);
      return (step: string, fields: Record<string, string>) => () =>
        browser.post(`${url}/${body.response.id}/${step}`, fields);
    };
    return {
      signIn: (identifier: string) => begin(signIns, { identifier }),
      signUp: (address: string) =>
        begin(signUps, { email_address: address, password: rightPassword }),
    };
  }
  const code = { strategy: 'email_code' };
  const wrong = { strategy: 'password', password: 'wrong' };

  test('by a sign-up and a sign-in that send codes to one address', async () => {
    for (const isSignUpFirst of [true, false]) {
      const seen = await seesTheSame(async (see, address) => {
        const { signIn, signUp } = visitor();
        const [up, into] = [await signUp(address), await signIn(address)];
        const steps = [
          up('prepare_verification', code),
          into('prepare_first_factor', code),
        ] as const;
        const [first, second] = isSignUpFirst ? steps : [steps[1], steps[0]];
        for (let at = 0; at < 3; at++) await see(first);
        await see(second);
      });
      expect(statuses(seen)).toEqual([200, 200, 200, 429]);
    }
  });

  test('by an address and a username that may be of one person', async () => {
    const seen = await seesTheSame(async (see, address, name) => {
      const { signIn } = visitor();
      const [byAddress, byName] = [await signIn(address), await signIn(name)];
      for (let at = 0; at < 3; at++) await see(byAddress('attempt_first_factor', wrong));
      await see(byName('attempt_first_factor', wrong));
      await see(byAddress('attempt_first_factor', wrong));
    });
    expect(statuses(seen)).toEqual([422, 422, 422, 422, 429]);
  });

  test('by codes that are mailed and guessed at until there are too many', async () => {
    const seen = await seesTheSame(async (see, address) => {
      const { signIn, signUp } = visitor();
      const [up, into] = [await signUp(address), await signIn(address)];
      const later = () => silent.clock.advance(10_000);
      for (let at = 0; at < 6; at++) {
        later();
        await see(up('prepare_verification', code));
        await see(into('prepare_first_factor', code));
        for (let guess = 0; guess < 2; guess++) {
          await see(up('attempt_verification', { ...code, code: 'none' }));
          await see(into('attempt_first_factor', { ...code, code: 'none' }));
        }
      }
    });
    const refused = statuses(seen).flatMap((status, at) => (status === 429 ? [at] : []));
    expect(refused).toEqual([30, 31, 32, 33, 34, 35]);
  });
});
