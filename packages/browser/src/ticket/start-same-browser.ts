import type { SameBrowserJSON } from '@willcall/contract';
import { recall, remember } from '../development/storage.ts';
import type { Page } from '../page/page.ts';
import { pageError } from '../request/errors.ts';
import { send } from '../request/send.ts';
import type { SameBrowser } from '../sign-in/sign-in.ts';
import { keptVerifier, verifierPlace } from './kept-verifier.ts';

/** How long one serves. Milliseconds: a day, as the server's cookie. */
const lifetime = 86_400_000;

/**
 * See `SignIn.startSameBrowser`. Whoever asks again, since no mail came yet, gets the same
 * challenge: the first link works as well as the second.
 */
export async function startSameBrowser(page: Page): Promise<SameBrowser> {
  await page.load();
  const codeVerifier = freshVerifier() ?? encode(crypto.getRandomValues(new Uint8Array(32)));
  // Its start stands before it.
  remember('localStorage', verifierPlace, `${Date.now()} ${codeVerifier}`);
  const call = { path: '/client/same_browser', form: { codeVerifier } };
  const { challenge, proof } = await send<SameBrowserJSON>(page, call);
  if (keptVerifier() !== codeVerifier && proof === null)
    throw pageError(
      'storage_unavailable',
      'This browser keeps nothing for this page. Allow it to, or sign in another way.',
    );
  return { challenge, method: 'S256', ...(proof === null ? {} : { proof }) };
}

/** The verifier that was made within the last day and has not served yet. */
function freshVerifier(): string | undefined {
  const startedAt = parseInt(recall('localStorage', verifierPlace) ?? '', 10);
  return startedAt + lifetime > Date.now() ? keptVerifier() : undefined;
}

function encode(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
