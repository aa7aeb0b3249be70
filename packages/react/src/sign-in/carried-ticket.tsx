import { useEffect } from 'react';
import type { Environment } from '@willcall/browser';
import { signUpLink } from '../link/page-links.ts';
import { BusyCard } from '../look/card.tsx';
import { useEntranceMessages } from '../messages/use-entrance-messages.ts';
import { useProvider } from '../provider/context.ts';

interface CarriedTicketProps {
  readonly ticket: string;
  /** The component's own sign-up page, if it names one. */
  readonly signUpUrl: string | undefined;
  readonly environment: Environment;
}

/** Goes to the sign-up page with a ticket that creates an account, in place of the present page. */
export function CarriedTicket({ ticket, signUpUrl, environment }: CarriedTicketProps) {
  const { settings } = useProvider();
  const page = signUpLink(signUpUrl, settings, environment);
  useEffect(() => {
    const url = new URL(page, location.href);
    url.searchParams.set('__clerk_ticket', ticket);
    url.searchParams.set('__clerk_status', 'sign_up');
    location.replace(url);
  }, [page, ticket]);
  return <BusyCard title={useEntranceMessages()?.ticket.redeeming} />;
}
