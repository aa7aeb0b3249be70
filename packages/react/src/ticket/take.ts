import { readTicket, stripTicket, type TicketInUrl, type Willcall } from '@willcall/browser';

/** Tickets that were taken and not yet answered: a second mount of a component finds them here. */
const taken = new WeakMap<Willcall, TicketInUrl>();

/**
 * The ticket of this page view, taken out of the address bar before anything is sent. In
 * memory until {@link dropTicket}, so that StrictMode and a swapped layout do not lose it.
 */
export function takeTicket(willcall: Willcall): TicketInUrl | undefined {
  const found = readTicket(location);
  if (found) {
    stripTicket(history, location);
    taken.set(willcall, found);
  }
  return taken.get(willcall);
}

/** Forgets the ticket once the server has answered, so that a later page view starts anew. */
export function dropTicket(willcall: Willcall): void {
  taken.delete(willcall);
}

/** The ticket of this page view, while rendering: changes nothing. */
export function peekTicket(willcall: Willcall): TicketInUrl | undefined {
  return readTicket(location) ?? taken.get(willcall);
}
