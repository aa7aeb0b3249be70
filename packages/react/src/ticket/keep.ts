import type { TicketInUrl } from '@willcall/browser';
import { storageName } from './recall.ts';

/** As long as the server takes the answer. Milliseconds. */
const keptFor = 600_000;

/**
 * Keeps a ticket whose person is being asked, or that nobody answered. Where storage is blocked,
 * a reload loses it.
 */
export function keepTicket({ ticket, ticketStatus }: TicketInUrl): void {
  try {
    sessionStorage.setItem(
      storageName,
      JSON.stringify([ticket, Date.now() + keptFor, ticketStatus]),
    );
  } catch {
    // The person can answer, or try again, all the same.
  }
}

/** The person does without the ticket: a reload shall as well. */
export function dropKeptTicket(): void {
  try {
    sessionStorage.removeItem(storageName);
  } catch {
    // Nothing was kept where storage is blocked.
  }
}
