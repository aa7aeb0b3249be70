/**
 * What a ticket that works does not need, and what must be there when nobody answers any
 * more: fetched once a component is in the page.
 */
export { keepLoading } from '../provider/keep-loading.ts';
export { CarriedTicket } from '../sign-in/carried-ticket.tsx';
export { recoverTicket, stopAt } from '../ticket/recover.ts';
export { allMessages, outageMessages, prepareMessages } from '../messages/read.ts';
export { RetryCard } from './retry-card.tsx';
export { withMessages } from './with-messages.tsx';
