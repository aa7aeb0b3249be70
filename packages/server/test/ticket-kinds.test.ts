import { cookieSuffix, type SignInTokenJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOrganization, invite, inviteMember } from './invited.ts';
import { createPerson, issueTicket, signInPerson } from './people.ts';
import { appOrigin, openService, type TestService } from './service.ts';

/*
 * A secret of one kind is no secret of another, and none of a neighbour's instance is one
 * here: each is offered at each entrance, and only its own may take it.
 */

let service: TestService;
let neighbour: TestService;

beforeAll(async () => {
  const settings = { hasOrganizations: true };
  service = await openService({ settings });
  neighbour = await openService({ settings });
});
afterAll(() => Promise.all([service.close(), neighbour.close()]));

const kinds = [
  'sign-in ticket',
  'actor ticket',
  'invitation',
  'organization invitation',
  'session token',
  'client token',
  'dev browser',
  'testing token',
  'handshake nonce',
  'secret key',
] as const;
type Kind = (typeof kinds)[number];

/** A good secret of each kind, fresh from the instance. */
async function makeSecrets(at: TestService): Promise<Readonly<Record<Kind, string>>> {
  const holder = await createPerson(at);
  const { browser, user, jwt } = await signInPerson(at);
  const organization = await createOrganization(at, { created_by: user.id });
  const actor = await at.backend<SignInTokenJSON>('POST', '/v1/actor_tokens', {
    user_id: holder.id,
    actor: { sub: user.id },
  });
  const testing = await at.backend<{ token: string }>('POST', '/v1/testing_tokens');
  const opened = await at.browser().post<never>('/v1/dev_browser');
  const devBrowser = (opened.body as unknown as { id: string }).id;
  const url = `/v1/client/sign_ins?__clerk_db_jwt=${devBrowser}`;
  const { token: ticket } = await issueTicket(at, user.id);
  await at.browser().post(url, { strategy: 'ticket', ticket: ticket });
  const handshake = await browser.get(
    `/v1/client/handshake?redirect_url=${encodeURIComponent(appOrigin)}&format=nonce`,
  );
  return {
    'sign-in ticket': (await issueTicket(at, holder.id)).token,
    'actor ticket': actor.body.token ?? '',
    invitation: (await invite(at)).ticket,
    'organization invitation': (await inviteMember(at, organization.id)).ticket,
    'session token': jwt,
    'client token': [...browser.cookies.values()][0] ?? '',
    'dev browser': devBrowser,
    'testing token': testing.body.token,
    'handshake nonce':
      new URL(handshake.location ?? '').searchParams.get('__clerk_handshake_nonce') ?? '',
    'secret key': at.secretKey,
  };
}

interface Entrance {
  /** The kinds that belong here; each is shown to get in elsewhere in the tests. */
  readonly home: readonly Kind[];
  /** Offers a secret; answers whether it opened anything. */
  readonly offer: (secret: string) => Promise<boolean>;
}

const entrances: Readonly<Record<string, Entrance>> = {
  'sign-in by ticket': {
    // An organization's invitation signs in too, once its address has an account.
    home: ['sign-in ticket', 'actor ticket'],
    offer: async (ticket) => {
      const form = { strategy: 'ticket', ticket };
      return (await service.browser().post('/v1/client/sign_ins', form)).status < 400;
    },
  },
  'sign-up by ticket': {
    home: ['invitation', 'organization invitation'],
    offer: async (ticket) => {
      const form = { strategy: 'ticket', ticket };
      return (await service.browser().post('/v1/client/sign_ups', form)).status < 400;
    },
  },
  'the key of the Backend API': {
    home: ['secret key'],
    offer: async (key) => {
      const headers = { host: service.host, authorization: `Bearer ${key}` };
      return (await service.app.inject({ url: '/v1/users', headers })).statusCode < 400;
    },
  },
  'the token of a native client': {
    home: ['client token'],
    offer: async (token) => {
      const headers = { host: service.host, authorization: token };
      const url = '/v1/client?_is_native=1';
      const { response } = (await service.app.inject({ url, headers })).json<{
        response: unknown;
      }>();
      return response !== null;
    },
  },
  'the cookie of a client': {
    home: ['client token'],
    offer: async (token) => {
      const thief = service.browser();
      const suffix = await cookieSuffix(service.world.instance.publishableKey);
      thief.cookies.set(`__client_${suffix}`, token);
      return (await thief.get('/v1/client')).body.response !== null;
    },
  },
  'the dev browser in the query': {
    home: ['dev browser'],
    offer: async (token) => {
      const url = `/v1/client?__clerk_db_jwt=${encodeURIComponent(token)}`;
      const { status, body } = await service.browser().get(url);
      return status < 400 && body.response !== null;
    },
  },
  'the payload of a handshake': {
    home: ['handshake nonce'],
    offer: async (nonce) => {
      const url = `/v1/clients/handshake_payload?nonce=${encodeURIComponent(nonce)}`;
      return (await service.backend('GET', url)).status < 400;
    },
  },
  'the check of a client token': {
    home: ['client token'],
    offer: async (token) =>
      (await service.backend('POST', '/v1/clients/verify', { token })).status < 400,
  },
};

const pairs = Object.keys(entrances).flatMap((entrance) =>
  kinds.map((kind) => [kind, entrance] as const),
);

describe('statement 19: a secret opens nothing but its own entrance', () => {
  test.each(pairs)('a %s at %s', async (kind, name) => {
    const secrets = await makeSecrets(service);
    const entrance = entrances[name];
    expect(await entrance?.offer(secrets[kind])).toBe(entrance?.home.includes(kind));
  });
});

describe('statement 18: a secret opens nothing on another instance', () => {
  test.each(pairs)('a %s at %s', async (kind, name) => {
    const secrets = await makeSecrets(neighbour);
    const before = service.dump();
    expect(await entrances[name]?.offer(secrets[kind])).toBe(false);
    expect(service.dump()).toBe(before);
  });
});
