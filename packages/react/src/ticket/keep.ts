import type { TicketInUrl } from '@willcall/browser';
import { storageName } from './recall.ts';

/** As long as the server takes the answer. Milliseconds. */
const keptFor = 600_000;

/** Keeps a ticket whose person is being asked. Where storage is blocked, a reload loses it. */
export function keepTicket({ ticket, ticketStatus }: TicketInUrl): void {
  try {
    sessionStorage.setItem(
      storageName,
      JSON.stringify([ticket, Date.now() + keptFor, ticketStatus]),
    );
  } catch {
    // The question can be answered all the same.
  }
}
