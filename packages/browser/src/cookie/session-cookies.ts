import { cookieNames } from '@willcall/contract';
import type { Page } from '../page/page.ts';
import { readCookie, writeCookie } from './cookie.ts';

/**
 * Puts the active session's token where servers of the page's host look for it: `__session`,
 * and the same with the key's suffix, which tells two instances on one host apart. In
 * development also when the client last changed (protocol, cookies); in production the
 * server writes that one.
 */
export function writeSessionCookies(page: Page): void {
  const id = page.activeSessionId;
  const jwt = id === undefined ? undefined : page.tokens.get(id)?.jwt;
  if (id !== undefined && jwt === undefined) return;
  const isOurs =
    jwt !== undefined || readCookie(cookieNames.session) === readOwnSessionCookie(page);
  if (isOurs) set(cookieNames.session, jwt);
  if (page.cookieSuffix) set(suffixed(page, cookieNames.session), jwt);
  if (page.environment?.instanceType !== 'development') return;
  const updatedAt = jwt && page.client ? String(Math.floor(page.client.updated_at / 1000)) : '0';
  set(cookieNames.clientUpdatedAt, updatedAt);
  if (page.cookieSuffix) set(suffixed(page, cookieNames.clientUpdatedAt), updatedAt);
}

/** The session token that a tab of this host wrote last. */
export function readOwnSessionCookie(page: Page): string | undefined {
  return readCookie(page.cookieSuffix ? suffixed(page, cookieNames.session) : cookieNames.session);
}

function suffixed(page: Page, name: string): string {
  return `${name}_${page.cookieSuffix}`;
}

function set(name: string, value: string | undefined): void {
  if (readCookie(name) !== value) writeCookie(name, value);
}
