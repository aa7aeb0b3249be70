import type { ClientJSON } from '@willcall/contract';
import type { Page } from '../page/page.ts';
import { send } from '../request/send.ts';
import { adoptClient } from './adopt.ts';

/**
 * Asks the server who is signed in and adopts the answer. When another answer changed the
 * state meanwhile, this one may be older than that: it asks again.
 */
export async function refetchClient(page: Page, options?: { activates: boolean }): Promise<void> {
  for (let asked = 0; asked < 3; asked += 1) {
    const version = page.clientVersion;
    const client = await send<ClientJSON | null>(page, { method: 'GET', path: '/client' });
    if (version === page.clientVersion) return adoptClient(page, client, options);
  }
}
