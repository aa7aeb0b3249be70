import { cookieNames } from '@willcall/contract';

/** The two headers that can bring a session token. */
export interface TokenHeaders {
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
}

/** The token of `Authorization: Bearer`; `undefined` for any other header. */
export function findBearerToken({ authorization }: TokenHeaders): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization?.trim() ?? '')?.[1];
}

/**
 * The session token in the cookies: that of this instance, else the one without a suffix.
 *
 * @param findSuffix finds what sets the cookies of two instances on one host apart; called only
 *   when there is a cookie with a suffix
 */
export async function findCookieToken(
  { cookie = '' }: TokenHeaders,
  findSuffix: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const suffix = cookie.includes(`${cookieNames.session}_`) ? await findSuffix() : undefined;
  const own =
    suffix === undefined ? undefined : findCookie(cookie, `${cookieNames.session}_${suffix}`);
  return own ?? findCookie(cookie, cookieNames.session);
}

function findCookie(header: string, name: string): string | undefined {
  for (const pair of header.split(';')) {
    const [key, value] = splitOnce(pair.trim());
    if (key === name && value !== '') return value;
  }
  return undefined;
}

function splitOnce(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}
