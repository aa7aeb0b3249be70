import { refetchClient } from '../client/refetch.ts';
import { receiveToken } from '../session/hold-token.ts';
import type { Page } from './page.ts';

/** What one tab tells the others: a token for all of them, or that who is signed in has changed. */
export type TabMessage = { readonly jwt: string; readonly receivedAt: number } | 'client';

/** Listens to the other tabs of this origin that talk to the same server. */
export function listenToTabs(page: Page): void {
  page.channel = new BroadcastChannel(`willcall ${page.apiUrl}`);
  page.channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    if (data === 'client') void refetchClient(page, { activates: true }).catch(() => {});
    else receiveToken(page, data);
  };
}

/** Tells the other tabs; by default, that who is signed in has changed. */
export function tellTabs(page: Page, message: TabMessage = 'client'): void {
  page.channel?.postMessage(message);
}
