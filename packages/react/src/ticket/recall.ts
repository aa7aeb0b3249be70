import type { TicketInUrl } from '@willcall/browser';

/** Where a ticket without its end waits for a reload: in this tab, on this origin. */
export const storageName = 'willcall_asked';

/** The ticket that a reload interrupted at a question or a failure; one that is too old is forgotten. */
export function keptTicket(): TicketInUrl | undefined {
  try {
    const kept = sessionStorage.getItem(storageName) ?? '[]';
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

/** The ticket was answered. */
export function forgetTicket(): void {
  try {
    sessionStorage.removeItem(storageName);
  } catch {
    // Nothing was kept where storage is blocked.
  }
}
