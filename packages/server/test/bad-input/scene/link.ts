import type { SignInTokenJSON } from '@willcall/contract';
import { openBrowser } from '../../browser.ts';
import { cookieOf, once, type Stage } from './stage.ts';

/** A link that a browser has opened, and that waits for a press. */
export function linkParts({ service, person }: Stage) {
  const opened = once(async () => {
    const body = { user_id: (await person()).id, confirmation: 'always' };
    const issued = await service.backend<SignInTokenJSON>('POST', '/v1/sign_in_tokens', body);
    const browser = openBrowser(service.app, service.host, `http://${service.host}`);
    const { pathname, search } = new URL(issued.body.url ?? '');
    await browser.get(pathname + search);
    const page = (await browser.get('/sign-in/confirm')).text;
    return { browser, nonce: /name="nonce" value="([^"]+)"/.exec(page)?.[1] ?? '' };
  });
  return {
    atLink: async () => cookieOf((await opened()).browser),
    linkNonce: async () => (await opened()).nonce,
  };
}
