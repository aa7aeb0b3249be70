import type { SessionClaims } from '@willcall/contract';
import { findSession, type Page } from '../page/page.ts';

/** A session token, with moments of this machine's clock, which may differ from the server's. */
export interface HeldToken {
  readonly jwt: string;
  /** Epoch **seconds**, by the server's clock. */
  readonly issuedAt: number;
  /** Epoch milliseconds, as the next two. */
  readonly receivedAt: number;
  /** From then on a new one is fetched ahead. */
  readonly staleAt: number;
  /** From then on it is not handed out. */
  readonly spentAt: number;
}

/**
 * Keeps a token that the server has just answered. An older one does not replace a newer one,
 * unless that is stale: the server's clock was set back then.
 *
 * @param estimate when it came, if that was not now: another tab says it, or seconds do
 */
export function holdToken(page: Page, jwt: string, estimate = Infinity): void {
  const claims = readClaims(jwt);
  if (!claims) return;
  const held = page.tokens.get(claims.sid);
  const receivedAt = Math.min(estimate, Date.now());
  const isLate = held && (isBefore(held, 'staleAt') || receivedAt <= held.receivedAt);
  if (isLate && held.issuedAt > claims.iat) return;
  const lifetime = (claims.exp - claims.iat) * 1000;
  page.tokens.set(claims.sid, {
    jwt,
    issuedAt: claims.iat,
    receivedAt,
    staleAt: receivedAt + lifetime - Math.min(15_000, lifetime / 4),
    spentAt: receivedAt + lifetime - Math.min(5000, lifetime / 12),
  });
}

/**
 * Whether the token has not reached that moment. A clock that says it has not even come yet
 * was set back, and tells nothing.
 */
export function isBefore(held: HeldToken, moment: 'staleAt' | 'spentAt'): boolean {
  const now = Date.now();
  return held.receivedAt <= now && now < held[moment];
}

/** Keeps a token that another tab fetched, if its session is this browser's. */
export function receiveToken(
  page: Page,
  { jwt, receivedAt }: { jwt: string; receivedAt: number },
): void {
  if (!findSession(page, readClaims(jwt)?.sid)) return;
  holdToken(page, jwt, receivedAt);
  page.commit();
}

/** What a session token says; `undefined` when it is none. Nothing is verified: servers do that. */
export function readClaims(jwt: string): SessionClaims | undefined {
  try {
    const payload = (jwt.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const claims = JSON.parse(atob(payload)) as SessionClaims;
    return typeof claims.sid === 'string' ? claims : undefined;
  } catch {
    return undefined;
  }
}
