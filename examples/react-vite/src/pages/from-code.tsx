import { type SubmitEvent, useCallback, useEffect, useState } from 'react';
import { type NavigateParams, useWillcall } from '@willcall/react';
import { replace } from '../router.tsx';

/**
 * `/from-code`: signs in without a component. With a ticket of the address (the link of a
 * sign-in token whose `sign_in_url` is this page), else with one that is typed in, or that
 * came in a parameter of the app's own.
 */
export function FromCodePage() {
  const { problem, redeem } = useFromCode();
  const [isBusy, setBusy] = useState(false);

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const ticket = String(new FormData(event.currentTarget).get('ticket')).trim();
    setBusy(true);
    void redeem(ticket).finally(() => setBusy(false));
  }
  return (
    <form className="centre code" onSubmit={submit} aria-busy={isBusy}>
      <h1>Sign in from code</h1>
      <p>Paste the ticket of a sign-in token: the field “token” of the answer to issuing it.</p>
      <label htmlFor="ticket">Ticket</label>
      <input id="ticket" name="ticket" required autoComplete="off" spellCheck={false} />
      <p role="alert" className="problem">
        {problem}
      </p>
      <button type="submit" className="button" aria-disabled={isBusy}>
        Sign in
      </button>
    </form>
  );
}

function useFromCode() {
  const willcall = useWillcall();
  const [problem, setProblem] = useState<string>();

  /** Step by step: start the sign-in, then make its session active. A refusal is thrown. */
  const redeem = useCallback(
    async (ticket: string) => {
      setProblem(undefined);
      try {
        const { status, createdSessionId } = await willcall.signIn.create({
          strategy: 'ticket',
          ticket,
        });
        if (!createdSessionId) return setProblem(`The sign-in needs a further step: ${status}.`);
        await willcall.setActive({ session: createdSessionId, navigate });
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error));
      }
    },
    [willcall],
  );

  /** In short: `ticket()` takes the ticket out of the address, and answers a refusal. */
  const redeemLink = useCallback(async () => {
    const { error } = await willcall.signIn.ticket();
    if (error) return setProblem(error.message);
    await willcall.signIn.finalize({ navigate });
  }, [willcall]);

  useEffect(() => {
    const ticket = takeOwnParameter();
    if (ticket) void redeem(ticket);
    else if (location.href.includes('__clerk_ticket=')) void redeemLink();
  }, [redeem, redeemLink]);

  return { problem, redeem };
}

function navigate({ decorateUrl }: NavigateParams): void {
  replace(decorateUrl('/protected'));
}

/** The ticket of `/from-code?ticket=…`, taken out of the address bar before anything is sent. */
function takeOwnParameter(): string | null {
  const url = new URL(location.href);
  const ticket = url.searchParams.get('ticket');
  if (ticket === null) return null;
  url.searchParams.delete('ticket');
  history.replaceState(history.state, '', url);
  return ticket;
}
