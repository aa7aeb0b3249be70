/**
 * The names of cookies and URL parameters on the wire. A name followed by `_` and the
 * key's suffix keeps two instances on one host apart.
 */
export const cookieNames = {
  /** The client token: HttpOnly, on Willcall's host. */
  client: '__client',
  /** The session token of 60 seconds, readable, on the application's host. */
  session: '__session',
  /** When the client last changed, in epoch seconds; `0` when signed out. */
  clientUpdatedAt: '__client_uat',
  devBrowser: '__clerk_db_jwt',
} as const;

export const urlParameters = {
  ticket: '__clerk_ticket',
  ticketStatus: '__clerk_status',
  devBrowser: '__clerk_db_jwt',
  redirectUrl: 'redirect_url',
  method: '_method',
  isNative: '_is_native',
} as const;

/** The first eight characters of base64url(SHA-1(publishable key)): the suffix of cookie names. */
export async function cookieSuffix(publishableKey: string): Promise<string> {
  const bytes = new TextEncoder().encode(publishableKey);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', bytes));
  return btoa(String.fromCharCode(...digest))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .slice(0, 8);
}
