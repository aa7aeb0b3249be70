import type { Page } from 'playwright-core';

/** Where a ticket was seen that should be nowhere. */
export interface TicketWatch {
  /** How many requests were looked at, the page's own not counted. */
  readonly looked: () => number;
  /** Requests whose URL or Referer names the ticket, and calls that were sent while the address bar did. */
  readonly leaks: () => Promise<string[]>;
  /** The session history as the browser keeps it. */
  readonly history: () => Promise<string[]>;
}

/** Looks out for a ticket from now on, in a page that has not been opened yet. */
export async function watchTicket(page: Page, ticket: string): Promise<TicketWatch> {
  const seen: string[] = [];
  let looked = 0;
  await page.exposeFunction('noteCall', (sent: string, address: string) => {
    if (address.includes(ticket)) seen.push(`${sent} was called at ${address}`);
  });
  await page.addInitScript(noteCalls);
  page.on('request', (request) => {
    if (request.isNavigationRequest()) return;
    looked += 1;
    if (request.url().includes(ticket)) seen.push(`url ${request.url()}`);
    const referer = request.headers()['referer'];
    if (referer?.includes(ticket)) seen.push(`referer of ${request.url()}`);
  });
  return {
    looked: () => looked,
    leaks: async () => {
      // A call that the page has begun to note arrives before this answer does.
      await page.evaluate(() => {});
      return seen;
    },
    history: async () => {
      const session = await page.context().newCDPSession(page);
      const { entries } = await session.send('Page.getNavigationHistory');
      await session.detach();
      return entries.map(({ url }) => url);
    },
  };
}

/** Runs in the page before its scripts. */
function noteCalls(): void {
  const { fetch } = window;
  const { noteCall } = window as unknown as { noteCall(sent: string, address: string): void };
  window.fetch = (input, init) => {
    noteCall(input instanceof Request ? input.url : String(input), location.href);
    return fetch(input, init);
  };
}
