import type { TicketInUrl } from '@willcall/browser';

/** Where the ticket of an open question waits for a reload: in this tab, on this origin. */
const name = 'willcall_asked';

/** As long as the server takes the answer. Milliseconds. */
const keptFor = 600_000;

/** Keeps a ticket whose person is being asked. Where storage is blocked, a reload loses it. */
export function keepTicket(ticket: string): void {
  try {
    sessionStorage.setItem(name, JSON.stringify([ticket, Date.now() + keptFor]));
  } catch {
    // The question can be answered all the same.
  }
}

/** The ticket of a question that a reload interrupted; one that is too old is forgotten. */
export function keptTicket(): TicketInUrl | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name) ?? '[]') as [string, number];
    if (kept[1] > Date.now()) return { ticket: kept[0], ticketStatus: undefined };
  } catch {
    // Storage is blocked, or holds something else.
  }
  forgetTicket();
  return undefined;
}

/** The question was answered. */
export function forgetTicket(): void {
  try {
    sessionStorage.removeItem(name);
  } catch {
    // Nothing was kept where storage is blocked.
  }
}
