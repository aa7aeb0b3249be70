import type { CountedPageJSON, ErrorsJSON, InvitationJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshAddress, invite } from './invited.ts';
import { addressOf, createPerson, issueTicket } from './people.ts';
import { openService, type TestService } from './service.ts';

let service: TestService;

beforeAll(async () => {
  service = await openService();
});
afterAll(() => service.close());

const day = 86_400_000;

function revoke(id: string) {
  return service.backend<InvitationJSON>('POST', `/v1/invitations/${id}/revoke`);
}

async function list(query: string): Promise<string[]> {
  const { body } = await service.backend<InvitationJSON[]>('GET', `/v1/invitations?${query}`);
  return body.map(({ email_address: address }) => address);
}

describe('an invitation', () => {
  test('goes out by mail, with a link that only the answer to inviting holds besides', async () => {
    const address = freshAddress();
    const { status, body } = await service.backend<InvitationJSON>('POST', '/v1/invitations', {
      email_address: address,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      object: 'invitation',
      status: 'pending',
      revoked: false,
      public_metadata: {},
    });
    expect(body.expires_at - body.created_at).toBe(30 * day);
    const [mail] = await service.world.store.mailbox.list();
    expect(mail?.to).toBe(address);
    expect(mail?.text).toContain(body.url);
    const { body: found } = await service.backend<InvitationJSON[]>(
      'GET',
      `/v1/invitations?query=${body.id}`,
    );
    expect(found).toEqual([{ ...body, url: undefined }]);
    const secret = new URL(body.url ?? '').searchParams.get('ticket')?.split('_').at(-1) ?? '';
    expect(JSON.stringify(service.dump()['invitations'])).not.toContain(secret);
  });

  test('is refused where there is no mail server, says what to set, and is not written', async () => {
    const unmailed = await openService({
      type: 'production',
      publicUrl: 'https://auth.example.com',
    });
    const before = unmailed.dump();
    const email_address = freshAddress();
    const refused = await unmailed.backend<ErrorsJSON>('POST', '/v1/invitations', {
      email_address,
    });
    expect([refused.status, refused.code]).toEqual([403, 'mail_not_enabled_in_instance']);
    expect(refused.body.errors[0]?.message).toMatch(/Set WILLCALL_SMTP_URL, .+ notify: false/);
    const rows = (dump: unknown) => JSON.stringify(dump).includes(email_address);
    expect([rows(before), rows(unmailed.dump())]).toEqual([false, false]);
    const quiet = { email_address, notify: false };
    expect((await unmailed.backend('POST', '/v1/invitations', quiet)).status).toBe(200);
    await unmailed.close();
  });

  test('sends no mail where notify is false', async () => {
    const before = (await service.world.store.mailbox.list()).length;
    await invite(service);
    expect(await service.world.store.mailbox.list()).toHaveLength(before);
  });

  test('is refused while another one is pending, and goes out again once that expired or was revoked', async () => {
    const { id, email_address } = await invite(service, { expires_in_days: 1 });
    const again = { email_address: email_address.toUpperCase(), notify: false };
    expect((await service.backend('POST', '/v1/invitations', again)).code).toBe('duplicate_record');
    const second = await service.backend<InvitationJSON>('POST', '/v1/invitations', {
      ...again,
      ignore_existing: true,
    });
    expect(second.status).toBe(200);
    await revoke(id);
    await revoke(second.body.id);
    expect((await service.backend('POST', '/v1/invitations', again)).status).toBe(200);
    service.clock.advance(30 * day);
    expect((await service.backend('POST', '/v1/invitations', again)).status).toBe(200);
  });

  test('is refused for an address that has an account', async () => {
    const email_address = addressOf(await createPerson(service));
    const refused = await service.backend('POST', '/v1/invitations', { email_address });
    expect([refused.status, refused.code]).toEqual([422, 'form_identifier_exists']);
    const body = { email_address, notify: false, ignore_existing: true };
    expect((await service.backend('POST', '/v1/invitations', body)).status).toBe(200);
    expect((await service.backend('POST', '/v1/invitations/bulk', [body])).code).toBe(
      'form_identifier_exists',
    );
  });

  test('is revoked once', async () => {
    const { id } = await invite(service);
    expect((await revoke(id)).body).toMatchObject({ id, status: 'revoked', revoked: true });
    const second = await revoke(id);
    expect([second.status, second.code]).toEqual([400, 'invitation_already_revoked']);
    expect((await revoke('inv_never')).status).toBe(404);
  });

  test('comes with nine others in one call, or nobody is invited', async () => {
    const ten = Array.from({ length: 10 }, () => ({
      email_address: freshAddress(),
      notify: false,
    }));
    const { body } = await service.backend<InvitationJSON[]>('POST', '/v1/invitations/bulk', ten);
    expect(body.map(({ email_address }) => email_address)).toEqual(
      ten.map(({ email_address }) => email_address),
    );
    const eleven = Array.from({ length: 11 }, () => ({ email_address: freshAddress() }));
    const before = service.dump();
    expect((await service.backend('POST', '/v1/invitations/bulk', eleven)).code).toBe(
      'bulk_size_exceeded',
    );
    const mixed = [{ email_address: freshAddress() }, ten[0]];
    expect((await service.backend('POST', '/v1/invitations/bulk', mixed)).code).toBe(
      'duplicate_record',
    );
    const twice = [eleven[0], eleven[0]];
    expect((await service.backend('POST', '/v1/invitations/bulk', twice)).code).toBe(
      'duplicate_record',
    );
    expect(service.dump()).toEqual(before);
  });

  test('counts once when 64 calls invite one address', async () => {
    const email_address = freshAddress();
    const body = { email_address, notify: false };
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => service.backend('POST', '/v1/invitations', body)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.map(({ code }) => code))).toEqual(
      new Set([undefined, 'duplicate_record']),
    );
  });
});

describe('bad input', () => {
  test.each([
    [{}, 'form_param_missing'],
    [{ email_address: 'nobody' }, 'form_param_format_invalid'],
    [{ email_address: 7 }, 'form_param_value_invalid'],
    [{ email_address: 'a@example.com', expires_in_days: 0 }, 'form_param_value_invalid'],
    [{ email_address: 'a@example.com', expires_in_days: 366 }, 'form_param_value_invalid'],
    [
      { email_address: 'a@example.com', redirect_url: 'https://evil.example' },
      'redirect_url_mismatch',
    ],
    [
      { email_address: 'a@example.com', redirect_url: 'javascript:alert(1)' },
      'redirect_url_mismatch',
    ],
    [{ email_address: 'a@example.com', public_metadata: 'text' }, 'form_param_value_invalid'],
    [{ email_address: 'a@example.com', template_slug: 'other' }, 'form_param_value_invalid'],
    [{ email_address: 'a@example.com', notfy: false }, 'form_param_unknown'],
  ])('%j is refused with %s, and nothing is written', async (body, code) => {
    const before = service.dump();
    const refused = await service.backend('POST', '/v1/invitations', body);
    expect([refused.status, refused.code]).toEqual([422, code]);
    expect(service.dump()).toEqual(before);
  });

  test.each(['status=gone', 'order_by=secret_hash', 'limit=0', 'limit=501', 'offset=-1', 'sort=1'])(
    'a list with %s is refused',
    async (query) => {
      expect((await service.backend('GET', `/v1/invitations?${query}`)).status).toBe(422);
    },
  );
});

describe('the list', () => {
  test('leaves revoked ones out unless they are asked for, and tells which expired', async () => {
    const other = await openService();
    const names = ['a', 'b', 'c'].map((name) => `${name}@list.example`);
    for (const [index, email_address] of names.entries()) {
      await invite(other, { email_address, expires_in_days: index + 1 });
      other.clock.advance(1000);
    }
    const ask = async (query: string) =>
      (await other.backend<InvitationJSON[]>('GET', `/v1/invitations?${query}`)).body.map(
        ({ email_address: address, status }) => `${address.slice(0, 1)} ${status}`,
      );
    const { body } = await other.backend<InvitationJSON[]>('GET', '/v1/invitations?query=b@list');
    await other.backend('POST', `/v1/invitations/${body[0]?.id}/revoke`);
    other.clock.advance(1.5 * day);
    expect(await ask('')).toEqual(['c pending', 'a expired']);
    expect(await ask('order_by=email_address')).toEqual(['a expired', 'c pending']);
    expect(await ask('order_by=-expires_at')).toEqual(['c pending', 'a expired']);
    expect(await ask('status=revoked')).toEqual(['b revoked']);
    expect(await ask('status=expired')).toEqual(['a expired']);
    expect(await ask('limit=1&offset=1')).toEqual(['a expired']);
    const page = await other.backend<CountedPageJSON<InvitationJSON>>(
      'GET',
      '/v1/invitations?paginated=true&limit=1',
    );
    expect(page.body).toMatchObject({
      total_count: 2,
      data: [{ email_address: 'c@list.example' }],
    });
    await other.close();
  });

  test('takes a percent sign for itself', async () => {
    await invite(service);
    expect(await list('query=%25')).toEqual([]);
  });
});

describe('a mail that cannot be sent', () => {
  test('invites nobody, and says so', async () => {
    // Nothing listens there.
    const mail = { smtpUrl: 'smtp://127.0.0.1:1', from: 'box@example.com' };
    const other = await openService({ mail });
    const before = other.dump();
    const refused = await other.backend('POST', '/v1/invitations', {
      email_address: freshAddress(),
    });
    expect([refused.status, refused.code]).toEqual([503, 'service_unavailable']);
    expect(other.dump()).toEqual(before);
    expect(
      (
        await other.backend('POST', '/v1/invitations', {
          email_address: freshAddress(),
          notify: false,
        })
      ).status,
    ).toBe(200);
    await other.close();
  });
});

describe('the link of an invitation', () => {
  test('leads to the page to sign up at, to sign in once there is an account, and changes nothing', async () => {
    const { ticket, email_address } = await invite(service);
    const before = service.dump();
    const open = async () =>
      new URL((await service.browser().get(`/v1/tickets/accept?ticket=${ticket}`)).location ?? '');
    const first = await open();
    expect(first.pathname).toBe('/sign-up');
    expect(Object.fromEntries(first.searchParams)).toEqual({
      __clerk_ticket: ticket,
      __clerk_status: 'sign_up',
    });
    expect(service.dump()).toEqual(before);
    await createPerson(service, { email_address: [email_address] });
    const second = await open();
    expect([second.pathname, second.searchParams.get('__clerk_status')]).toEqual([
      '/sign-in',
      'sign_in',
    ]);
  });

  test('leads to its own page, whose query is kept', async () => {
    const { ticket } = await invite(service, {
      redirect_url: 'http://localhost:5173/join?from=mail',
    });
    const { status, location } = await service.browser().get(`/v1/tickets/accept?ticket=${ticket}`);
    expect(status).toBe(303);
    const url = new URL(location ?? '');
    expect(url.origin + url.pathname).toBe('http://localhost:5173/join');
    expect(url.searchParams.get('from')).toBe('mail');
    expect(url.searchParams.get('__clerk_ticket')).toBe(ticket);
  });

  test('of a sign-in token is not taken for one', async () => {
    const { token } = await issueTicket(service, (await createPerson(service)).id);
    const { location } = await service.browser().get(`/v1/tickets/accept?ticket=${token}`);
    expect(new URL(location ?? '').searchParams.has('__clerk_status')).toBe(false);
  });
});

test('deleting a user leaves nothing of the invitation that made the account', async () => {
  const { email_address } = await invite(service, { public_metadata: { favourite: 'opera' } });
  const user = await createPerson(service, { email_address: [email_address] });
  await service.backend('DELETE', `/v1/users/${user.id}`);
  const rows = JSON.stringify(service.dump());
  expect(rows).not.toContain(email_address);
  expect(rows).not.toContain('favourite');
});
