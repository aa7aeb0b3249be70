import type { TicketInUrl } from '@willcall/browser';

/** Where the ticket of an open question waits for a reload: in this tab, on this origin. */
const name = 'willcall_asked';

/** As long as the server takes the answer. Milliseconds. */
const keptFor = 600_000;

/** Keeps a ticket whose person is being asked. Where storage is blocked, a reload loses it. */
export function keepTicket({ ticket, ticketStatus }: TicketInUrl): void {
  try {
    sessionStorage.setItem(name, JSON.stringify([ticket, Date.now() + keptFor, ticketStatus]));
  } catch {
    // The question can be answered all the same.
  }
}

/** The ticket of a question that a reload interrupted; one that is too old is forgotten. */
export function keptTicket(): TicketInUrl | undefined {
  try {
    const kept = sessionStorage.getItem(name) ?? '[]';
    const [ticket, until, ticketStatus] = JSON.parse(kept) as [
      string,
      number,
      TicketInUrl['ticketStatus'],
    ];
    // What JSON has no word for comes back as `null`.
    if (until > Date.now()) return { ticket, ticketStatus: ticketStatus ?? undefined };
  } catch {
    // Storage is blocked, or holds something else.
  }
  forgetTicket();
  return undefined;
}

/** The same where accounts are made: a ticket that signs in is none of its. */
export function keptInvitation(): TicketInUrl | undefined {
  const kept = keptTicket();
  return kept?.ticketStatus === 'sign_up' ? kept : undefined;
}

/** The question was answered. */
export function forgetTicket(): void {
  try {
    sessionStorage.removeItem(name);
  } catch {
    // Nothing was kept where storage is blocked.
  }
}
