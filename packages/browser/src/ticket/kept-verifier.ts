/** Where a verifier stands that shows which browser asked for a ticket (PKCE, RFC 7636). */
export const verifierPlace = 'willcall_verifier';

/**
 * The verifier to show with a ticket; `undefined` where this browser asked for none, or keeps
 * nothing.
 *
 * @param isServed forgets it
 */
export function keptVerifier(isServed?: boolean): string | undefined {
  try {
    if (isServed) localStorage.removeItem(verifierPlace);
    return localStorage.getItem(verifierPlace)?.slice(-43);
  } catch {
    // A browser that blocks storage throws where it is named.
    return undefined;
  }
}
