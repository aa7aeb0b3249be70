import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOrganization, invite } from '../invited.ts';
import { type AskingService, openAsking } from './asked.ts';
import { hostileUrls } from '../../../../tooling/hostile-urls.ts';

let service: AskingService;
const hostile = hostileUrls();
const publicUrl = 'https://auth.example.com';
const allowed = new Set([publicUrl, 'https://app.example.com']);

beforeAll(async () => {
  const settings = { allowedOrigins: ['https://app.example.com'], hasOrganizations: true };
  service = await openAsking({ type: 'production', publicUrl, settings });
});
afterAll(() => service.close());

/** Whether an answer sends somebody to a place that nobody allowed. */
function escapes(location: string | undefined): boolean {
  return location !== undefined && !allowed.has(new URL(location, publicUrl).origin);
}

test('there are at least 300 of them', () => {
  expect(hostile.length).toBeGreaterThanOrEqual(300);
});

describe('a hostile address', () => {
  test.each(['sign_in_url', 'redirect_url'])('is refused as %s of a token', async (field) => {
    const before = service.dump()['sign_in_tokens'];
    for (const kind of ['sign_in_tokens', 'actor_tokens']) {
      const actor = kind === 'actor_tokens' ? { actor: { sub: 'user_support' } } : {};
      for (const address of hostile) {
        const body = { user_id: service.userId, [field]: address, ...actor };
        const answer = await service.backend('POST', `/v1/${kind}`, body);
        expect([address, answer.status]).toEqual([address, 422]);
      }
    }
    expect(service.dump()['sign_in_tokens']).toEqual(before);
  });

  test('is refused as redirect_url of an invitation', async () => {
    for (const address of hostile) {
      const body = { email_address: 'guest@example.com', redirect_url: address };
      const answer = await service.backend('POST', '/v1/invitations', body);
      expect([address, answer.status]).toEqual([address, 422]);
    }
  });

  test('is refused as redirect_url of an invitation to an organization', async () => {
    const organization = await createOrganization(service, { created_by: service.userId });
    const url = `/v1/organizations/${organization.id}/invitations`;
    const before = service.dump()['invitations'];
    for (const address of hostile) {
      const body = { email_address: 'guest@example.com', role: 'org:member' };
      const one = await service.backend('POST', url, { ...body, redirect_url: address });
      expect([address, one.status]).toEqual([address, 422]);
    }
    expect(service.dump()['invitations']).toEqual(before);
  });

  test('beside the link of an invitation leads nobody away who has an account already', async () => {
    const own = await invite(service, { email_address: 'early@example.com' });
    await service.addUser('early@example.com');
    const plain = await service.visitor().get(`/v1/tickets/accept?ticket=${own.ticket}`);
    expect(plain.location).toBe(
      `${publicUrl}/sign-in?__clerk_ticket=${own.ticket}&__clerk_status=sign_in`,
    );
    const { search } = new URL(plain.location ?? '');
    const links = [`/v1/tickets/accept?ticket=${own.ticket}`, `/sign-in${search}`];
    for (const address of hostile) {
      for (const link of links) {
        const named = `${link}&redirect_url=${encodeURIComponent(address)}`;
        const answer = await service.visitor().get(named);
        expect([named, answer.status < 500, escapes(answer.location)]).toEqual([
          named,
          true,
          false,
        ]);
      }
    }
  });

  test.each([
    '/v1/client/redirect?redirect_url=',
    '/v1/client/handshake?redirect_url=',
    `/v1/client/handover?code_challenge=${'A'.repeat(43)}&redirect_url=`,
    '/sign-in?redirect_url=',
    '/sign-in?__clerk_ticket=none&redirect_url=',
    '/sign-up?redirect_url=',
    '/sign-in/confirm?redirect_url=',
    '/v1/tickets/accept?ticket=',
  ])('leads nowhere else from %s', async (path) => {
    let looked = 0;
    for (const address of hostile) {
      const answer = await service.visitor().get(path + encodeURIComponent(address));
      expect([address, answer.status < 500, escapes(answer.location)]).toEqual([
        address,
        true,
        false,
      ]);
      looked += 1;
    }
    expect(looked).toBe(hostile.length);
  });
});

test('the plain address is taken, so that a refusal means something', async () => {
  const fields = {
    sign_in_url: 'https://app.example.com/in',
    redirect_url: 'https://app.example.com/',
  };
  const answer = await service.backend('POST', '/v1/sign_in_tokens', {
    user_id: service.userId,
    ...fields,
  });
  expect(answer.status).toBe(200);
  const on = await service
    .visitor()
    .get('/v1/client/redirect?redirect_url=https://app.example.com/');
  expect(on.location).toBe('https://app.example.com/');
});

test.each<Record<string, string>>([
  { 'x-forwarded-host': 'evil.example' },
  { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' },
  { forwarded: 'host=evil.example;proto=http' },
  { 'x-original-host': 'evil.example', 'x-forwarded-server': 'evil.example' },
  { host: 'localhost' },
])('a link is built from configured addresses, not from %j', async (headers) => {
  const issued = await service.app.inject({
    method: 'POST',
    url: '/v1/sign_in_tokens',
    headers: {
      host: service.host,
      authorization: `Bearer ${service.secretKey}`,
      'content-type': 'application/json',
      ...headers,
    },
    payload: JSON.stringify({ user_id: service.userId }),
  });
  const { url, token } = issued.json<{ url: string; token: string }>();
  expect(new URL(url).origin).toBe(publicUrl);
  const accepted = await service.app.inject({
    url: `/v1/tickets/accept?ticket=${token}`,
    headers: { host: service.host, ...headers },
  });
  expect(new URL(String(accepted.headers.location)).origin).toBe(publicUrl);
});
