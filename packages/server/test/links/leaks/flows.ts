import type {
  ActorTokenJSON,
  BackendUserJSON,
  SignInJSON,
  SignInTokenJSON,
} from '@willcall/contract';
import { codeOf, enrol, renewBackupCodes } from '../../authenticator.ts';
import type { Browser } from '../../browser.ts';
import { createOrganization, invite, inviteMember, signUp } from '../../invited.ts';
import {
  addressOf,
  createPerson,
  issueTicket,
  redeem,
  rightPassword,
  signInPerson,
} from '../../people.ts';
import { openLink, press } from '../asked.ts';
import { type Hunt, huntedApp, huntedHost } from './hunt.ts';

/** Everything that can happen to a ticket, and to the secrets beside it. By what happens. */
export const flows: Readonly<Record<string, (hunt: Hunt) => Promise<void>>> = {
  async 'redeemed, repeated, and tried by others'(hunt) {
    const { token, url } = await issue(hunt);
    const browser = await visitor(hunt);
    const form = { strategy: 'ticket', ticket: token };
    // Browsers tell their own server where they were.
    const headers = { referer: url };
    await browser.post('/v1/client/sign_ins', form, { isAnswerLost: true, headers });
    await redeem(browser, token);
    const clients = [...browser.cookies].filter(([name]) => /__client_(?!uat)/.test(name));
    hunt.mark('client cookie', ...clients.map(([, value]) => value));
    await redeem(await visitor(hunt), token);
    await browser.post('/v1/client/sessions?_method=DELETE');
    await redeem(browser, token);
  },

  async 'opened on the hosted page, confirmed there'(hunt) {
    const { token, url } = await issue(hunt);
    const browser = await visitor(hunt, huntedHost);
    await browser.get(`/v1/tickets/accept?ticket=${token}`);
    await browser.get('/sign-in', { headers: { referer: url } });
    await press(browser, await openLink(browser, new URL(url)), 'continue');
    await openLink(browser, new URL(url));
  },

  async 'confirmed, and carried on to a page of the app'(hunt) {
    const { url } = await issue(hunt, { sign_in_url: `${huntedApp}/sign-in` });
    const browser = await visitor(hunt, huntedHost);
    const page = await openLink(browser, new URL(url));
    const carried: string[] = [];
    for (let presses = 0; presses < 2; presses += 1) {
      const { location = '' } = await press(browser, page, 'continue');
      carried.push(new URL(location).searchParams.get('__clerk_ticket') ?? '');
    }
    hunt.mark('continuation', ...carried);
    // The first is void by now, and the second works once.
    for (const each of [...carried, ...carried]) await redeem(await visitor(hunt), each);
  },

  async 'asked for its question, and refused without an answer'(hunt) {
    const { token } = await issue(hunt, { confirmation: 'always' });
    const form = { strategy: 'ticket', ticket: token };
    const browser = await visitor(hunt);
    await browser.post('/v1/client/sign_ins', { ...form, asks: 'visible' });
    await browser.post('/v1/client/sign_ins', { ...form, asks: 'hidden', confirmation: token });
    await signInPerson(hunt.service, { browser });
    await browser.post('/v1/client/sign_ins', { ...form, asks: 'visible' });
  },

  async 'cancelled, revoked, expired'(hunt) {
    const links = [await issue(hunt), await issue(hunt, { expires_in_seconds: 1 })];
    const browser = await visitor(hunt, huntedHost);
    for (const { url } of links) {
      await press(browser, await openLink(browser, new URL(url)), 'cancel');
    }
    await hunt.service.backend('POST', `/v1/sign_in_tokens/${links[0]?.id}/revoke`);
    hunt.service.clock.advance(1000);
    for (const { url, token } of links) {
      await openLink(browser, new URL(url));
      await browser.get(`/v1/tickets/accept?ticket=${token}`);
      await redeem(browser, token);
    }
  },

  async 'bound to a browser, and opened in it and in another'(hunt) {
    for (const page of [undefined, `${huntedApp}/welcome`]) {
      const verifier = Buffer.from(hunt.service.world.randomBytes(32)).toString('base64url');
      hunt.mark('verifier', verifier);
      const browser = await visitor(hunt, huntedHost);
      const form = { code_verifier: verifier };
      const start = await browser.post<object>('/v1/client/same_browser', form);
      const fields = { sign_in_url: page, same_browser: start.body.response };
      const { token, url } = await issue(hunt, fields);
      for (const each of [await visitor(hunt, huntedHost), browser]) {
        if (page === undefined) await press(each, await openLink(each, new URL(url)), 'continue');
        const wrong = { code_verifier: `${verifier}x` };
        await each.post('/v1/client/sign_ins', { strategy: 'ticket', ticket: token, ...wrong });
        await each.post('/v1/client/sign_ins', { strategy: 'ticket', ticket: token, ...form });
      }
    }
  },

  async 'issued again under one key, and refused under it'(hunt) {
    const { id: user_id } = await createPerson(hunt.service);
    const key = `row-4-seat-12-${user_id}`;
    hunt.mark('idempotency key', key);
    for (const body of [{ user_id }, { user_id }, { user_id, reason: 'another' }]) {
      const headers = { 'idempotency-key': key };
      const url = '/v1/sign_in_tokens';
      const issued = await hunt.service.backend<SignInTokenJSON>('POST', url, body, headers);
      if (issued.status === 200) hunt.mark('ticket', issued.body.token ?? '');
    }
  },

  async 'written wrong, or where it does not belong'(hunt) {
    const { token, url } = await issue(hunt);
    const browser = await visitor(hunt);
    for (const ticket of [`${token}x`, token.toUpperCase(), `wck${token.slice(3)}`, `${token}%`])
      await redeem(browser, ticket);
    await browser.post('/v1/client/sign_ins', { ticket: token, strategy: 'magic' });
    await browser.post('/v1/client/sign_ins', { ticket: token, identifier: 'x'.repeat(400) });
    await browser.post('/v1/client/sign_ups', { strategy: 'ticket', ticket: token });
    await browser.get(`/no-such-page?__clerk_ticket=${token}`);
    await browser.get(`/v1/no-such-call?ticket=${token}`);
    await browser.get(`/%zz?__clerk_ticket=${token}`);
    await browser.get(`/v1/tickets/accept?ticket=${token}&ticket=${token}`);
    await hunt.service.backend('GET', `/v1/sign_in_tokens/${token}`);
    await hunt.service.backend('POST', '/v1/sign_in_tokens', { user_id: token, tiket: token });
    const away = encodeURIComponent(url.replace(huntedHost, 'https://evil.example'));
    await browser.get(`/v1/client/handshake?redirect_url=${away}`);
  },

  async 'redeemed while the disk fails'(hunt) {
    const { token, url } = await issue(hunt);
    const [browser, page] = [await visitor(hunt), await visitor(hunt, huntedHost)];
    const question = await openLink(page, new URL(url));
    hunt.breakDisk(true);
    await redeem(browser, token);
    await press(page, question, 'continue');
    hunt.breakDisk(false);
    await redeem(browser, token);
  },

  async 'followed by a second factor'(hunt) {
    const { service } = hunt;
    const user = await createPerson(service, { password: rightPassword });
    hunt.mark('password', rightPassword);
    const own = await signInPerson(service, { user, browser: await visitor(hunt) });
    const { secret, backupCodes } = await enrol(own.browser, service.clock);
    const codes = await renewBackupCodes(own.browser);
    hunt.mark('authenticator secret', secret);
    hunt.mark('backup code', ...backupCodes, ...codes);
    for (const [strategy, code] of [
      ['backup_code', 'none of these'],
      ['backup_code', codes[0] ?? ''],
      ['totp', codeOf(secret, service.clock)],
    ] as const) {
      const { token } = await issue(hunt, { user_id: user.id });
      const browser = await visitor(hunt);
      const { id } = (await redeem(browser, token)).body.response;
      const path = `/v1/client/sign_ins/${id}`;
      await browser.get(path);
      await browser.post(`${path}/attempt_second_factor`, { strategy, code });
    }
  },

  async 'followed by a code by mail'(hunt) {
    const user = await createPerson(hunt.service);
    const { token } = await issue(hunt, { user_id: user.id, step_up: 'client_trust' });
    const browser = await visitor(hunt);
    const { id } = (await redeem(browser, token)).body.response;
    const path = `/v1/client/sign_ins/${id}`;
    const strategy = 'email_code';
    await browser.post(`${path}/prepare_second_factor`, { strategy });
    const code = await mailedCode(hunt);
    await browser.post(`${path}/attempt_second_factor`, { strategy, code: '000000' });
    await browser.post(`${path}/attempt_second_factor`, { strategy, code });
  },

  async 'beside a code that signs in'(hunt) {
    const user = await createPerson(hunt.service);
    const browser = await visitor(hunt);
    const form = { identifier: addressOf(user), strategy: 'email_code' };
    const begun = await browser.post<SignInJSON>('/v1/client/sign_ins', form);
    const code = await mailedCode(hunt);
    const path = `/v1/client/sign_ins/${begun.body.response.id}/attempt_first_factor`;
    await browser.post(path, { strategy: 'email_code', code });
  },

  async 'of somebody who acts as another'(hunt) {
    const [subject, actor] = [await createPerson(hunt.service), await createPerson(hunt.service)];
    const body = { user_id: subject.id, actor: { sub: actor.id }, reason: 'a lost seat' };
    const issued = await hunt.service.backend<ActorTokenJSON>('POST', '/v1/actor_tokens', body);
    const token = issued.body.token ?? '';
    hunt.mark('actor ticket', token);
    const { browser } = await signInPerson(hunt.service, {
      user: actor,
      browser: await visitor(hunt),
    });
    await redeem(browser, token);
    await redeem(await visitor(hunt), token);
    await hunt.service.backend('GET', `/v1/actor_tokens/${issued.body.id}`);
  },

  async 'of an invitation'(hunt) {
    const { service } = hunt;
    const invited = await invite(service, { notify: true });
    const member = await inviteMember(service, (await createOrganization(service)).id);
    for (const { ticket } of [invited, member]) {
      hunt.mark('invitation ticket', ticket);
      const browser = await visitor(hunt);
      await browser.get(`/v1/tickets/accept?ticket=${ticket}`);
      await browser.get(`/sign-up?__clerk_ticket=${ticket}&__clerk_status=sign_up`);
      await signUp(browser, ticket, { password: 'short' });
      await signUp(browser, ticket, { password: rightPassword });
      await signUp(await visitor(hunt), ticket, { password: rightPassword });
    }
    await service.world.mailer.settled();
    await service.backend('GET', `/v1/invitations?query=${invited.id}`);
    const path = `/v1/organizations/${member.organization_id}/invitations`;
    await service.backend('GET', path);
    await service.backend('GET', `${path}/${member.id}`);
  },

  async 'invited, asked about, and made an account by the ticket alone'(hunt) {
    const { service } = hunt;
    const { instance } = service.world;
    const { settings } = instance;
    await instance.save({ ...settings, strategies: { password: false, emailCode: true } });
    const hosted = await invite(service);
    const carried = await invite(service, { redirect_url: `${huntedApp}/sign-up` });
    for (const { ticket, url } of [hosted, carried]) {
      hunt.mark('invitation ticket', ticket);
      const asked = await visitor(hunt);
      await signUp(asked, ticket, { asks: 'visible' });
      await signUp(asked, ticket, { asks: 'hidden', confirmation: ticket });
      const browser = await visitor(hunt, huntedHost);
      const page = await openLink(browser, new URL(url ?? ''));
      const { location = '' } = await press(browser, page, 'continue');
      const continuation = new URL(location, huntedHost).searchParams.get('__clerk_ticket');
      if (continuation === null) continue;
      hunt.mark('continuation', continuation);
      await signUp(await visitor(hunt), continuation);
      await signUp(await visitor(hunt), continuation);
    }
    await instance.save(settings);
  },
};

/** What an operator or a customer's server may ask about all that happened. */
export async function readEverything({ service }: Hunt): Promise<void> {
  for (const list of ['sign_in_tokens', 'actor_tokens']) {
    const url = `/v1/${list}?limit=500`;
    const { data } = (await service.backend<{ data: { id: string }[] }>('GET', url)).body;
    for (const { id } of data) await service.backend('GET', `/v1/${list}/${id}`);
  }
  const users = await service.backend<BackendUserJSON[]>('GET', '/v1/users?limit=500');
  for (const { id } of users.body) await service.backend('GET', `/v1/sessions?user_id=${id}`);
  for (const path of ['audit_log?limit=500', 'invitations', 'instance', 'redirect_urls', 'clients'])
    await service.backend('GET', `/v1/${path}`);
  for (const path of ['health/ready', 'metrics', '.well-known/jwks.json', 'v1/environment'])
    await service.browser(huntedApp).get(`/${path}`);
}

/** A ticket, with what its link says. Without a user it is for somebody new. */
async function issue(
  hunt: Hunt,
  fields: { readonly user_id?: string } & Readonly<Record<string, unknown>> = {},
) {
  const userId = fields.user_id ?? (await createPerson(hunt.service)).id;
  const issued = await issueTicket(hunt.service, userId, fields);
  hunt.mark('ticket', issued.token);
  return issued;
}

/** A browser that has been here before, on the page of the app or on ours. */
async function visitor(hunt: Hunt, origin = huntedApp): Promise<Browser> {
  const browser = hunt.service.browser(origin);
  await browser.get('/v1/client');
  return browser;
}

async function mailedCode(hunt: Hunt): Promise<string> {
  const code = /\b\d{6}\b/.exec(await hunt.newestMail())?.[0] ?? '';
  // Six digits turn up by chance where there is enough to read: those of the first round do.
  if (hunt.marks.filter(({ kind }) => kind === 'mailed code').length < 2)
    hunt.mark('mailed code', code);
  return code;
}
