import type { TicketInUrl } from '@willcall/browser';
import { storageName } from './recall.ts';

/** As long as the server takes the answer, from when the ticket was first kept. Milliseconds. */
const keptFor = 600_000;

/**
 * Keeps a ticket whose person is being asked, or that nobody answered. Where storage is blocked,
 * a reload loses it.
 */
export function keepTicket({ ticket, ticketStatus }: TicketInUrl): void {
  try {
    const [held, until] = JSON.parse(sessionStorage.getItem(storageName) ?? '[]') as unknown[];
    const end = held === ticket ? until : Date.now() + keptFor;
    sessionStorage.setItem(storageName, JSON.stringify([ticket, end, ticketStatus]));
  } catch {
    // The person can answer, or try again, all the same.
  }
}

/** The person does without the ticket. Apart from `forgetTicket`, which is of the start: an export of it costs more there. */
export function dropKeptTicket(): void {
  try {
    sessionStorage.removeItem(storageName);
  } catch {
    // Nothing was kept where storage is blocked.
  }
}
