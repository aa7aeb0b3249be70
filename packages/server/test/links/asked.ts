import type { SignInTokenJSON, UserJSON } from '@willcall/contract';
import { expect } from 'vitest';
import { openBrowser, type Browser } from '../browser.ts';
import { openService, type TestOptions, type TestService } from '../service.ts';

/** A page of the app with an official component: it asks nobody. */
export const foreignPage = 'http://localhost:5173/sign-in';

/** A page of the app that asks by itself. */
export const askingPage = 'http://localhost:5173/welcome';

/** A service whose links ask, unless a test says otherwise. */
export interface AskingService extends TestService {
  readonly userId: string;
  addUser(email: string): Promise<string>;
  issue(fields?: object): Promise<Issued>;
  /** A browser as it is on our own pages. */
  visitor(): Browser;
  /** What became of a token. */
  statusOf(id: string): Promise<string>;
}

export interface Issued {
  readonly id: string;
  readonly ticket: string;
  readonly url: URL;
}

/** Opens it with a user, ada@example.com. */
export async function openAsking(options: TestOptions = {}): Promise<AskingService> {
  const settings = { confirmation: 'auto', askingPages: [askingPage] } as const;
  const service = await openService({
    ...options,
    settings: { ...settings, ...options.settings },
  });
  const origin = new URL(service.world.instance.publicUrl).origin;
  async function addUser(email: string): Promise<string> {
    const fields = { email_address: [email], password: 'a long password of theirs' };
    return (await service.backend<UserJSON>('POST', '/v1/users', fields)).body.id;
  }
  const userId = await addUser('ada@example.com');
  return {
    ...service,
    userId,
    addUser,
    async issue(fields = {}) {
      const body = { user_id: userId, ...fields };
      const issued = await service.backend<SignInTokenJSON>('POST', '/v1/sign_in_tokens', body);
      const { id, token, url } = issued.body;
      return { id, ticket: token ?? '', url: new URL(url ?? '') };
    },
    visitor: () => openBrowser(service.app, service.host, origin),
    async statusOf(id) {
      const read = await service.backend<SignInTokenJSON>('GET', `/v1/sign_in_tokens/${id}`);
      return read.body.status;
    },
  };
}

/** Opens a link as a browser does, to the page that asks; answers that page. */
export async function openLink(browser: Browser, { pathname, search }: URL): Promise<string> {
  let page = await browser.get(pathname + search);
  for (let hop = 0; hop < 3 && page.location !== undefined; hop += 1) {
    const next = new URL(page.location, 'http://localhost:4000');
    page = await browser.get(next.pathname + next.search);
  }
  return page.text;
}

/** Presses a button of the page that asks. */
export function press(browser: Browser, page: string, action: string) {
  const nonce = /name="nonce" value="([^"]+)"/.exec(page)?.[1] ?? '';
  return browser.post('/sign-in/confirm', { nonce, action });
}

/**
 * Presses on the hosted page on the way of an invitation's link to a page that does not ask, and
 * expects to be sent there with a continuation in place of the ticket.
 */
export async function pressOnTheWay(
  service: AskingService,
  { url, ticket }: { readonly url: URL; readonly ticket: string },
  ticketStatus: string,
): Promise<{ visitor: Browser; continuation: string }> {
  const clicked = await service.visitor().get(url.pathname + url.search);
  expect(new URL(clicked.location ?? '').origin).toBe('http://localhost:4000');
  const visitor = service.visitor();
  const pressed = await press(visitor, await openLink(visitor, url), 'continue');
  const next = new URL(pressed.location ?? '');
  expect(next.origin + next.pathname).toBe(foreignPage);
  expect(next.searchParams.get('from')).toBe('mail');
  expect(next.searchParams.get('__clerk_status')).toBe(ticketStatus);
  const continuation = next.searchParams.get('__clerk_ticket') ?? '';
  expect(continuation).not.toBe(ticket);
  return { visitor, continuation };
}
