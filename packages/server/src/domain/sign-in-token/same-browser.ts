import { createHash } from 'node:crypto';
import type { Caller } from '../client/identify.ts';
import { Refusal, refuseField } from '../refusal.ts';
import { equalHashes } from '../secret.ts';
import type { World } from '../world.ts';
import { isAppPageThatAsks, isHostedPage, redeemingPage } from './link.ts';
import type { SignInToken } from './sign-in-token.ts';

/** What binds a token to the browser that asked for it (PKCE, RFC 7636, S256 alone). */
export interface SameBrowser {
  /** The SHA-256 hash of the verifier, base64url: 43 characters. */
  readonly challenge: string;
  /** From the call that gave the verifier to this server's cookie; without it, only a page has it. */
  readonly proof?: string | undefined;
}

const verifierForm = /^[\w.~-]{43,128}$/;

/** Whether a text may be a verifier: 43 to 128 unreserved characters (RFC 7636, section 4.1). */
export function isVerifier(text: string): boolean {
  return verifierForm.test(text);
}

/** The S256 challenge of a verifier (RFC 7636, section 4.2). */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier, 'ascii').digest('base64url');
}

/** Shows, when a token is issued, that a browser carries the verifier of this challenge in our cookie. */
export function proveCookie(world: Pick<World, 'pepper'>, challenge: string): string {
  return world.pepper('same browser', challenge);
}

/**
 * Refuses to bind a token to a verifier that its page would not have: a page of an app has it
 * where the operator says that it is one of ours, and the hosted page by the cookie alone.
 */
export function refuseUnreachable(
  world: World,
  request: Pick<SignInToken, 'signInUrl' | 'redirectUrl'>,
  sameBrowser: SameBrowser | undefined,
): void {
  if (!sameBrowser) return;
  const { challenge, proof } = sameBrowser;
  if (proof !== undefined && !equalHashes(proof, proveCookie(world, challenge)))
    throw refuseField(
      'form_param_value_invalid',
      'same_browser.proof',
      'This proof belongs to another challenge. Pass on what startSameBrowser answered.',
    );
  const page = redeemingPage(world, request);
  if (isAppPageThatAsks(world, page)) return;
  if (proof !== undefined && isHostedPage(world, page)) return;
  throw refuseField(
    'form_param_value_invalid',
    'same_browser',
    'The page of this token could not prove its browser. Name it in asking_pages, or leave sign_in_url out and pass the proof on.',
  );
}

/** Refuses a ticket in another browser than the one that asked for it; others are not asked. */
export function refuseOtherBrowser(
  token: Pick<SignInToken, 'challenge'>,
  caller: Pick<Caller, 'browserVerifier'>,
  codeVerifier?: string,
): void {
  if (token.challenge === undefined) return;
  const { challenge } = token;
  const isProved = [codeVerifier, caller.browserVerifier].some(
    (verifier) =>
      verifier !== undefined &&
      isVerifier(verifier) &&
      equalHashes(challengeOf(verifier), challenge),
  );
  if (isProved) return;
  throw new Refusal(
    'ticket_wrong_browser',
    'This link works only in the browser where it was asked for. Open it there, or ask for a new one here.',
  );
}
