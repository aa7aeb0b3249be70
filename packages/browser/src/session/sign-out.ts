import type { ClientJSON } from '@willcall/contract';
import { adoptClient } from '../client/adopt.ts';
import { refetchClient } from '../client/refetch.ts';
import { findSession, type Page } from '../page/page.ts';
import { tellTabs } from '../page/tabs.ts';
import { WillcallError } from '../request/errors.ts';
import { send } from '../request/send.ts';
import type { SignOutParams } from '../willcall.ts';

/** See `Willcall.signOut`. Whoever is signed out already is not refused. */
export async function signOut(page: Page, { sessionId }: SignOutParams = {}): Promise<void> {
  await page.load();
  try {
    if (sessionId === undefined) await endAll(page);
    else await send(page, { path: `/client/sessions/${sessionId}/end` });
  } catch (error) {
    if (!(error instanceof WillcallError)) throw error;
    await refetchClient(page);
    const isOver = sessionId ? !findSession(page, sessionId) : !page.client?.sessions.length;
    if (!isOver) throw error;
  }
  page.takenTicket = undefined;
  tellTabs(page);
}

async function endAll(page: Page): Promise<void> {
  adoptClient(
    page,
    await send<ClientJSON | null>(page, { method: 'DELETE', path: '/client/sessions' }),
  );
}
