const oneYear = 31_536_000;

/** The value of a cookie of this host; `undefined` without one. */
export function readCookie(name: string): string | undefined {
  const start = `${name}=`;
  return document.cookie
    .split('; ')
    .find((cookie) => cookie.startsWith(start))
    ?.slice(start.length);
}

/** Writes a cookie of this host for a year. The value must need no quoting. */
export function writeCookie(name: string, value: string): void {
  write(name, value, oneYear);
}

/** Removes a cookie of this host. */
export function removeCookie(name: string): void {
  write(name, '', 0);
}

function write(name: string, value: string, maxAgeSeconds: number): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; SameSite=Lax${secure}`;
}
