const oneYear = 31_536_000;

/** The value of a cookie of this host; `undefined` without one. */
export function readCookie(name: string): string | undefined {
  const start = `${name}=`;
  return document.cookie
    .split('; ')
    .find((cookie) => cookie.startsWith(start))
    ?.slice(start.length);
}

/** Writes a cookie of this host for a year; removes it without a value. The value must need no quoting. */
export function writeCookie(name: string, value = ''): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  const maxAgeSeconds = value === '' ? 0 : oneYear;
  document.cookie = `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; SameSite=Lax${secure}`;
}
