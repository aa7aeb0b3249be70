import type { Page } from '../page/page.ts';
import { WillcallError } from '../request/errors.ts';
import { send } from '../request/send.ts';
import { forget, recall, remember } from './storage.ts';

const verifierName = 'willcall handover verifier';

/**
 * Leaves this page to ask the server for the session that its own site holds. Only a page
 * that keeps the verifier can use the code that comes back (PKCE, RFC 7636). Answers
 * whether it leaves: without digests or storage it cannot.
 */
export async function startHandover(page: Page): Promise<boolean> {
  if (!isSecureContext) return false;
  const verifier = encode(crypto.getRandomValues(new Uint8Array(32)));
  remember('sessionStorage', verifierName, verifier);
  if (recall('sessionStorage', verifierName) !== verifier) return false;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const query = new URLSearchParams({
    redirect_url: location.href,
    code_challenge: encode(new Uint8Array(digest)),
  });
  location.replace(`${page.apiUrl}/v1/client/handover?${query}`);
  return true;
}

/**
 * Turns the code that came back into a dev-browser token. `undefined` when the code was not
 * asked for by this tab, or when the server refuses it; the person then signs in here. When
 * nobody answers it rejects, and can be tried again.
 */
export async function finishHandover(page: Page, code: string): Promise<string | undefined> {
  const codeVerifier = recall('sessionStorage', verifierName);
  if (codeVerifier === undefined) return undefined;
  const form = { code, codeVerifier };
  const answer = await send<{ dev_browser: string }>(page, {
    path: '/client/handover',
    form,
  }).catch((error: unknown) => {
    if (!(error instanceof WillcallError)) throw error;
  });
  forget('sessionStorage', verifierName);
  return answer?.dev_browser;
}

function encode(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
