import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { maskEmailAddress } from '../../src/domain/user/mask.ts';
import { pageMessages } from '../../src/http/messages/choose.ts';
import type { PageMessages } from '../../src/http/messages/page-messages.ts';
import type { Browser } from '../browser.ts';
import { invite } from '../invited.ts';
import { type AskingService, openAsking, openLink, press } from './asked.ts';

let service: AskingService;

/** Here an invited address is all that an account needs. */
let bare: AskingService;

beforeAll(async () => {
  const settings = {
    isSingleSession: false,
    newLinkUrl: 'https://app.example/new',
    supportEmail: 'help@example.com',
  };
  service = await openAsking({ settings });
  bare = await openAsking({ settings: { strategies: { password: false, emailCode: true } } });
});
afterAll(async () => {
  await service.close();
  await bare.close();
});

const languages = pageMessages.map((messages) => [messages.language, messages] as const);

/** A browser whose every request asks for one language, as browsers write it. */
function reader({ language }: PageMessages, { visitor: open } = service): Browser {
  const visitor = open();
  const headers = { 'accept-language': `${language},en;q=0.1` };
  return {
    cookies: visitor.cookies,
    get: (url) => visitor.get(url, { headers }),
    post: (url, form) => visitor.post(url, form, { headers }),
  };
}

/** What a page says, without its markup. */
function textOf(page: string): string {
  return page
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ');
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => values[name] ?? '');
}

const ada = { account: 'a***@e***.com' };

describe.each(languages)('in %s', (_language, messages) => {
  const { link } = messages;

  function expectIn(page: string, ...texts: readonly string[]): void {
    expect(page).toContain(`<html lang="${messages.language}" dir="${messages.direction}">`);
    for (const text of [...texts, link.foot]) expect(textOf(page)).toContain(text);
  }

  test('the page asks', async () => {
    const { url } = await service.issue();
    const visitor = reader(messages);
    const page = await openLink(visitor, url);
    const application = service.world.instance.settings.applicationName;
    const names = { ...ada, application };
    expectIn(page, fill(link.title, ada), fill(link.explain, names), link.continue, link.cancel);
    expect(page).toContain(`<title>${fill(link.title, { account: `\u2068${ada.account}\u2069` })}`);
    expect((await visitor.get('/sign-in/confirm')).headers['vary']).toContain('Accept-Language');
  });

  test('it asks what becomes of somebody else', async () => {
    const visitor = reader(messages);
    const address = `grace-${messages.language}@example.com`;
    const grace = await service.addUser(address);
    const first = await openLink(visitor, (await service.issue({ user_id: grace })).url);
    await press(visitor, first, 'continue');
    const page = await openLink(visitor, (await service.issue()).url);
    const application = service.world.instance.settings.applicationName;
    const names = { account: ada.account, other: address, application };
    expectIn(
      page,
      fill(link.explainOther, names),
      ...[link.switch, link.add, link.stay].map((text) => fill(text, names)),
      link.stayGood,
    );
  });

  test('it asks before an invitation makes an account, and says where none is made any more', async () => {
    const { id, url } = await invite(bare, { email_address: `${messages.language}@example.com` });
    const visitor = reader(messages, bare);
    const page = await openLink(visitor, new URL(url ?? ''));
    const account = maskEmailAddress(`${messages.language}@example.com`);
    const application = bare.world.instance.settings.applicationName;
    const names = { account, application };
    expectIn(page, fill(link.createTitle, names), fill(link.explainCreate, names));
    await bare.backend('POST', `/v1/invitations/${id}/revoke`);
    const refused = await press(visitor, page, 'continue');
    expect(refused.status).toBe(400);
    expectIn(refused.text, link.refusedTitle, link.refusals.revoked_invitation);
  });

  test('a refusal says why, and what to do next', async () => {
    const { url, id } = await service.issue();
    const visitor = reader(messages);
    const page = await openLink(visitor, url);
    await service.backend('POST', `/v1/sign_in_tokens/${id}/revoke`);
    const refused = await press(visitor, page, 'continue');
    expect(refused.status).toBe(400);
    expectIn(
      refused.text,
      link.refusedTitle,
      link.refusals.sign_in_token_revoked_code,
      link.newLink,
      link.otherWay,
      fill(link.contact, { address: 'help@example.com' }),
    );
    expectIn((await reader(messages).get('/sign-in/confirm')).text, link.over);
  });
});

test('too many presses are told on a page too', async () => {
  const limited = await openAsking({ hasRateLimits: true });
  const german = pageMessages.find(({ language }) => language === 'de');
  if (!german) throw new TypeError('There is no German.');
  const visitor = reader(german, limited);
  const page = await openLink(visitor, (await limited.issue({ confirmation: 'always' })).url);
  for (let at = 0; at < 50; at += 1)
    expect((await press(visitor, page, 'at_once')).status).toBe(200);
  const refused = await press(visitor, page, 'at_once');
  expect([refused.status, refused.headers['retry-after']]).toEqual([429, '10']);
  expect(textOf(refused.text)).toContain(german.link.refusals.too_many_requests);
  await limited.close();
});
