import { Writable } from 'node:stream';
import type { SignInJSON, SignUpJSON } from '@willcall/contract';
import { describe, expect, test } from 'vitest';
import { openLog } from '../src/http/log.ts';
import { isOnPostgres } from './database/test-database.ts';
import {
  addressOf,
  createPerson,
  issueTicket,
  redeem,
  rightPassword,
  signInPerson,
} from './people.ts';
import { appOrigin, openService, type TestService } from './service.ts';

async function openLogged(): Promise<{ service: TestService; lines: string[] }> {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { service: await openService({ logger: openLog('trace', destination) }), lines };
}

/** Every flow, refusals included. Answers all that must not be found in the log. */
async function runEverything(service: TestService): Promise<readonly string[]> {
  const user = await createPerson(service, { password: rightPassword });
  const { token, url } = await issueTicket(service, user.id, {
    redirect_url: `${appOrigin}/secret-place`,
  });
  await service.browser().get(`/v1/tickets/accept?ticket=${token}`);
  await service.browser().get(new URL(url).pathname + new URL(url).search);
  const browser = service.browser();
  const { body } = await redeem(browser, token);
  await redeem(service.browser(), token);
  const sessionId = body.client?.sessions[0]?.id ?? '';
  const jwt = body.client?.sessions[0]?.last_active_token?.jwt ?? '';
  await browser.post(`/v1/client/sessions/${sessionId}/touch`);
  await browser.get(
    `/v1/client/handshake?redirect_url=${encodeURIComponent(appOrigin)}&__session=${jwt}`,
  );
  await browser.get(`/no-such-path?__clerk_ticket=${token}`);
  await browser.get(
    `/v1/client/handshake?redirect_url=${encodeURIComponent(`https://evil.example/?__clerk_ticket=${token}`)}`,
  );
  await browser.get(`/%zz?ticket=${token}`);
  await browser.post('/v1/me/change_password', {
    current_password: rightPassword,
    new_password: 'hunter2 hunter2',
  });
  await service
    .browser()
    .post('/v1/client/sign_ins', { identifier: addressOf(user), password: 'a wrong password' });
  service.clock.advance(1);
  const other = service.browser();
  const signIn = (
    await other.post<SignInJSON>('/v1/client/sign_ins', {
      identifier: addressOf(user),
      strategy: 'email_code',
    })
  ).body.response;
  const code = await service.mailedCode();
  await other.post(`/v1/client/sign_ins/${signIn.id}/attempt_first_factor`, {
    strategy: 'email_code',
    code,
  });
  const newcomer = service.browser();
  const signUp = (
    await newcomer.post<SignUpJSON>('/v1/client/sign_ups', {
      email_address: 'log-newcomer@example.com',
      password: rightPassword,
    })
  ).body.response;
  service.clock.advance(1);
  await newcomer.post(`/v1/client/sign_ups/${signUp.id}/prepare_verification`, {
    strategy: 'email_code',
  });
  const signUpCode = await service.mailedCode();
  await newcomer.post(`/v1/client/sign_ups/${signUp.id}/attempt_verification`, {
    strategy: 'email_code',
    code: signUpCode,
  });
  const devBrowser = (
    (await browser.post<never>('/v1/dev_browser')).body as unknown as { id: string }
  ).id;
  await browser.get(`/v1/client?__clerk_db_jwt=${devBrowser}`);
  await service.backend('POST', '/v1/users', {
    email_address: ['broken'],
    password: rightPassword,
  });
  await service.app.inject({
    url: '/v1/users',
    headers: { host: service.host, authorization: `Bearer ${service.secretKey}x` },
  });
  const cookies = [browser, other, newcomer].flatMap((each) => [...each.cookies.values()]);
  return [
    token,
    jwt,
    code,
    signUpCode,
    devBrowser,
    service.secretKey,
    rightPassword,
    'hunter2',
    'a wrong password',
    addressOf(user),
    'log-newcomer@example.com',
    'secret-place',
    ...cookies,
  ].filter((secret) => secret !== '');
}

describe('the log', () => {
  test('at its most talkative holds no secret and no address of a person', async () => {
    const { service, lines } = await openLogged();
    const secrets = await runEverything(service);
    const log = lines.join('');
    // So that the test cannot pass on nothing.
    expect(lines.length).toBeGreaterThan(15);
    expect(secrets.length).toBeGreaterThanOrEqual(15);
    expect(log).toContain('/v1/client/sign_ins');
    for (const secret of secrets) expect([secret, log.includes(secret)]).toEqual([secret, false]);
    await service.close();
  });

  test('of a database that is gone tells the operator, and the caller nothing; nobody gets in', async () => {
    const { service, lines } = await openLogged();
    const user = await createPerson(service);
    const { token } = await issueTicket(service, user.id);
    const { browser, sessionId } = await signInPerson(service);
    await service.world.store.close();
    service.clock.advance(2000);
    const answers = [
      await redeem(service.browser(), token),
      await browser.get('/v1/client'),
      await browser.post(`/v1/client/sessions/${sessionId}/tokens`),
      await browser.post('/v1/client'),
    ];
    for (const { status, code, text, setCookies } of answers) {
      expect([status, code, setCookies]).toEqual([503, 'service_unavailable', []]);
      expect(text).not.toMatch(/sqlite|database is not open|stack/i);
    }
    const backend = await service.backend('GET', '/v1/users');
    expect([backend.status, backend.code]).toEqual([503, 'service_unavailable']);
    const health = async (path: string) =>
      (await service.app.inject({ url: `/health/${path}` })).statusCode;
    expect([await health('live'), await health('ready')]).toEqual([200, 503]);
    const log = lines.join('');
    expect(log).toContain(isOnPostgres() ? 'The database does not answer' : 'ERR_INVALID_STATE');
    for (const secret of [token, service.secretKey, ...browser.cookies.values()])
      expect(log.includes(secret)).toBe(false);
    await service.app.close();
  });

  test('of a bug names it by the request id that the caller got', async () => {
    const { service, lines } = await openLogged();
    const user = await createPerson(service);
    // Settings that no schema lets through: a bug, wherever it comes from.
    await service.world.instance.save({
      ...service.world.instance.settings,
      strategies: null as never,
    });
    const answer = await service
      .browser()
      .post('/v1/client/sign_ins', { identifier: addressOf(user) });
    expect([answer.status, answer.code]).toEqual([500, 'internal_error']);
    expect(answer.text).not.toMatch(/TypeError|Cannot read|\.ts/);
    expect(lines.find((line) => line.includes('request failed'))).toContain(
      answer.body.clerk_trace_id,
    );
    await service.close();
  });
});
