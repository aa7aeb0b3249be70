import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SignInJSON, SignUpJSON } from '@willcall/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf, createPerson, rightPassword } from './people.ts';
import { openService, type TestService } from './service.ts';

const received: { to: string; from: string; text: string }[] = [];
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: ({ address }, _session, done) =>
    done(address.startsWith('refused') ? new Error('no such mailbox') : null),
  onData(stream, session, done) {
    let text = '';
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    stream.on('end', () => {
      const from = session.envelope.mailFrom;
      received.push({
        to: session.envelope.rcptTo[0]?.address ?? '',
        from: from ? from.address : '',
        text,
      });
      done();
    });
  },
});
const origin = 'https://accounts.example.com';
let service: TestService;

const openWith = (smtpUrl: string) =>
  openService({
    type: 'production',
    publicUrl: origin,
    mail: { smtpUrl, from: 'Example <no-reply@example.com>' },
  });

beforeAll(async () => {
  await new Promise<void>((resolve) => void smtp.listen(0, '127.0.0.1', resolve));
  service = await openWith(`smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`);
});
afterAll(async () => {
  await service.close();
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
});

/** The code of the newest mail. */
function receivedCode(): string {
  const text = received.at(-1)?.text.split('\r\n\r\n').slice(1).join('\n') ?? '';
  return /\b\d{6}\b/.exec(text)?.[0] ?? '';
}

describe('a mail server', () => {
  test('gets the code that signs in', async () => {
    const user = await createPerson(service, { email_address: ['person+clerk_test@example.com'] });
    const browser = service.browser(origin);
    const begin = { identifier: addressOf(user), strategy: 'email_code' };
    let { body } = await browser.post<SignInJSON>('/v1/client/sign_ins', begin);
    // One random code in a million is the fixed one.
    while (receivedCode() === '424242') {
      ({ body } = await browser.post<SignInJSON>('/v1/client/sign_ins', begin));
    }
    const mail = received.at(-1);
    expect([mail?.to, mail?.from]).toEqual([addressOf(user), 'no-reply@example.com']);
    const code = receivedCode();
    const path = `/v1/client/sign_ins/${body.response.id}/attempt_first_factor`;
    // A production instance has no fixed code, not even for test addresses.
    const fixed = await browser.post(path, { strategy: 'email_code', code: '424242' });
    expect(fixed.code).toBe('form_code_incorrect');
    expect(
      (await browser.post<SignInJSON>(path, { strategy: 'email_code', code })).body.response.status,
    ).toBe('complete');
    expect(service.dump()['kept_mails']).toEqual([]);
  });
});

describe('a mail that cannot be sent', () => {
  test('to a server that does not answer is 503, and nothing is written', async () => {
    const lonely = await openWith('smtp://127.0.0.1:9');
    const user = await createPerson(lonely, { password: rightPassword });
    const browser = lonely.browser(origin);
    const before = lonely.dump();
    const refused = await browser.post('/v1/client/sign_ins', {
      identifier: addressOf(user),
      strategy: 'email_code',
    });
    expect([refused.status, refused.code]).toEqual([503, 'service_unavailable']);
    expect(refused.text).not.toMatch(/127\.0\.0\.1|ECONN/);
    expect(lonely.dump()).toBe(before);
    const started = await browser.post<SignInJSON>('/v1/client/sign_ins', {
      identifier: addressOf(user),
    });
    const between = lonely.dump();
    for (const strategy of ['email_code', 'reset_password_email_code']) {
      const again = await browser.post(
        `/v1/client/sign_ins/${started.body.response.id}/prepare_first_factor`,
        { strategy },
      );
      expect([again.status, again.code]).toEqual([503, 'service_unavailable']);
    }
    expect(lonely.dump()).toBe(between);
    const newcomer = lonely.browser(origin);
    const signUp = await newcomer.post<SignUpJSON>('/v1/client/sign_ups', {
      email_address: 'new@example.com',
    });
    const prepared = await newcomer.post(
      `/v1/client/sign_ups/${signUp.body.response.id}/prepare_verification`,
      { strategy: 'email_code' },
    );
    expect(prepared.status).toBe(503);
    await lonely.close();
  });

  test('to an address that the server refuses is 503 as well, and the code before stays good', async () => {
    const user = await createPerson(service, { email_address: ['refused@example.com'] });
    const refused = await service
      .browser(origin)
      .post('/v1/client/sign_ins', { identifier: addressOf(user), strategy: 'email_code' });
    expect([refused.status, refused.code]).toEqual([503, 'service_unavailable']);
  });
});

describe('the mailbox', () => {
  test('does not exist in production', async () => {
    const ask = async (method: 'GET' | 'DELETE', url: string) =>
      (await service.app.inject({ method, url, headers: { host: 'accounts.example.com' } }))
        .statusCode;
    for (const url of ['/mailbox', '/mailbox/messages', '/mailbox/messages/x/html'])
      expect(await ask('GET', url)).toBe(404);
    expect(await ask('DELETE', '/mailbox/messages')).toBe(404);
  });

  test('shows what was sent in a frame that can do nothing, and is cleared from its own page alone', async () => {
    const development = await openService();
    const user = await createPerson(development);
    await development
      .browser()
      .post('/v1/client/sign_ins', { identifier: addressOf(user), strategy: 'email_code' });
    const ask = (method: 'GET' | 'DELETE', url: string, headers = {}) =>
      development.app.inject({ method, url, headers: { host: development.host, ...headers } });
    const [mail] = (await ask('GET', '/mailbox/messages')).json<{
      data: { id: string; to: string }[];
    }>().data;
    expect(mail?.to).toBe(addressOf(user));
    const shown = await ask('GET', `/mailbox/messages/${mail?.id}/html`);
    expect(shown.headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-mode': 'navigate' },
    ]) {
      expect((await ask('DELETE', '/mailbox/messages', headers)).statusCode).toBe(400);
    }
    expect(development.dump()['kept_mails']).toHaveLength(1);
    expect(
      (await ask('DELETE', '/mailbox/messages', { origin: 'http://localhost:4000' })).statusCode,
    ).toBe(204);
    expect(development.dump()['kept_mails']).toEqual([]);
    await development.close();
  });
});
