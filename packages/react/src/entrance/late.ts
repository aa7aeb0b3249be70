/**
 * What a ticket that works does not need, and what must be there when nobody answers any
 * more: fetched once a component is in the page.
 */
export { carryTicket } from '../sign-in/carry-ticket.ts';
export { recoverTicket, stopAt } from '../ticket/recover.ts';
export { allMessages, outageMessages, prepareMessages } from '../messages/read.ts';
export { RetryCard } from './retry-card.tsx';
export { withMessages } from './with-messages.tsx';
