import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pairsOf } from '../tooling/test/pairs.ts';
import { expectAccessible } from './accessibility.ts';
import { setStage, type Stage } from './stage.ts';

const newLink = 'https://app.example/new-link';

let stage: Stage;
let userId: string;

beforeAll(async () => {
  stage = await setStage({ new_link_url: newLink });
  userId = (await stage.server.addUser({})).user.id;
});
afterAll(() => stage?.close());

const german = {
  locale: 'de-AT',
  direction: 'ltr',
  newLink: 'Neuen Link anfordern',
  retry: 'Erneut versuchen',
  otherWay: 'Anders anmelden',
  address: 'E-Mail-Adresse',
  noAnswer: 'Es kam keine Antwort.',
  tooMany: 'Zu viele Versuche',
  down: 'Der Dienst ist zurzeit nicht erreichbar.',
  used: 'Dieser Link wurde schon benutzt',
  expired: 'Dieser Link ist abgelaufen',
  revoked: 'Dieser Link wurde vom Absender zurückgezogen',
  unknown: 'Dieser Link ist ungültig',
};
const arabic: typeof german = {
  locale: 'ar-EG',
  direction: 'rtl',
  newLink: 'طلب رابط جديد',
  retry: 'إعادة المحاولة',
  otherWay: 'تسجيل الدخول بطريقة أخرى',
  address: 'البريد الإلكتروني',
  noAnswer: 'لم يصلنا أي ردّ.',
  tooMany: 'محاولات كثيرة',
  down: 'الخدمة غير متاحة حاليًا.',
  used: 'سبق استخدام هذا الرابط',
  expired: 'انتهت صلاحية هذا الرابط',
  revoked: 'ألغى المُرسِل هذا الرابط',
  unknown: 'هذا الرابط غير صالح',
};

const places = {
  hosted: () => `${stage.server.url}/sign-in`,
  embedded: () => `${stage.app.url}/sign-in`,
};

/** Where it is read, and in which language; the names are for the titles of tests. */
function readingOf(place: keyof typeof places, words: typeof german) {
  return { place, at: places[place], locale: words.locale, words };
}

const everywhere = { place: ['hosted', 'embedded'], words: [german, arabic] } as const;

const readings = pairsOf(everywhere).map(({ place, words }) => readingOf(place, words));

const refusals = pairsOf({ kind: ['used', 'expired', 'revoked', 'unknown'], ...everywhere }).map(
  ({ kind, place, words }) => ({ kind, ...readingOf(place, words) }),
);

test.each(refusals)(
  'a link that is $kind says so in $locale on the $place page, and how to get another',
  async ({ kind, at, words }) => {
    const page = await open(words.locale);
    await page.goto(`${at()}?__clerk_ticket=${await spoil[kind]()}`);
    await page.getByRole('alert').filter({ hasText: words[kind] }).waitFor();
    const link = page.getByRole('link', { name: words.newLink });
    expect(await link.getAttribute('href')).toBe(newLink);
    await tabTo(page, words.newLink);
    await page.getByLabel(words.address).waitFor();
    await expectInLanguage(page, words);
    await page.context().close();
  },
);

const answers = {
  offline: { said: 'noAnswer', answer: undefined },
  'server down': { said: 'down', answer: [503, 'service_unavailable'] },
  'too many tries': { said: 'tooMany', answer: [429, 'too_many_requests'] },
} as const;

const outages = pairsOf({
  kind: ['offline', 'server down', 'too many tries'],
  ...everywhere,
}).map(({ kind, place, words }) => {
  const { said, answer } = answers[kind];
  return { kind, ...readingOf(place, words), text: words[said], answer };
});

test.each(outages)(
  '$kind is told in $locale on the $place page, and a key tries the same link again',
  async ({ at, words, text, answer }) => {
    const page = await open(words.locale);
    await page.route('**/v1/client/sign_ins', (route) => {
      if (!answer) return route.abort('internetdisconnected');
      const [status, code] = answer;
      const errors = [{ code, message: code, long_message: code, meta: {} }];
      return route.fulfill({ status, json: { errors } });
    });
    await page.goto(`${at()}?__clerk_ticket=${await issue()}`);
    await page.getByRole('alert').filter({ hasText: text }).waitFor();
    expect(page.url()).toBe(at());
    await expectInLanguage(page, words);

    await tabTo(page, words.retry);
    await page.keyboard.press('Enter');
    // It failed again: the focus is on the button again.
    const retry = page.getByRole('button', { name: words.retry });
    await expect
      .poll(() => retry.evaluate((button) => button === document.activeElement).catch(() => false))
      .toBe(true);
    await page.unroute('**/v1/client/sign_ins');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await page.context().close();
  },
);

test.each(readings)(
  'whoever does not want to wait signs in another way in $locale on the $place page',
  async ({ at, words }) => {
    const page = await open(words.locale);
    await page.route('**/v1/client/sign_ins', (route) => route.abort('internetdisconnected'));
    await page.goto(`${at()}?__clerk_ticket=${await issue()}`);
    await page.getByRole('button', { name: words.otherWay }).click();
    const field = page.getByLabel(words.address);
    await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true);
    await page.context().close();
  },
);

test('a browser that is online again sends the link again by itself', async () => {
  const page = await open('en');
  await page.route('**/v1/client/sign_ins', (route) => route.abort('internetdisconnected'));
  await page.goto(`${places.embedded()}?__clerk_ticket=${await issue()}`);
  await page.getByRole('button', { name: 'Try again' }).waitFor();
  await page.unroute('**/v1/client/sign_ins');
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await page.context().close();
});

async function open(locale: string): Promise<Page> {
  const browser: Browser = stage.browser;
  const context = await browser.newContext({ locale, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
}

async function expectInLanguage(page: Page, { locale, direction }: typeof german): Promise<void> {
  const root = page.locator('[data-willcall="sign-in"]');
  expect(await root.getAttribute('lang')).toBe(locale.slice(0, 2));
  expect(await root.evaluate((element) => getComputedStyle(element).direction)).toBe(direction);
  await expectAccessible(page);
}

/** Presses Tab until the focus is on what has this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 20; presses += 1) {
    const focused = await page.evaluate(() => document.activeElement?.textContent);
    if (focused === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${name}.`);
}

async function issue(expiresInSeconds = 600): Promise<string> {
  return (await stage.server.api.signInTokens.createSignInToken({ userId, expiresInSeconds }))
    .token;
}

const spoil = {
  async used() {
    const token = await issue();
    const page = await open('en');
    await page.goto(`${places.hosted()}?__clerk_ticket=${token}`);
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await page.context().close();
    return token;
  },
  async expired() {
    const { id, token } = await stage.server.api.signInTokens.createSignInToken({
      userId,
      expiresInSeconds: 1,
    });
    await expect
      .poll(async () => (await stage.server.api.signInTokens.get(id)).isExpired)
      .toBe(true);
    return token;
  },
  async revoked() {
    const { id, token } = await stage.server.api.signInTokens.createSignInToken({ userId });
    await stage.server.api.signInTokens.revoke(id);
    return token;
  },
  async unknown() {
    return 'no-ticket-at-all';
  },
};
