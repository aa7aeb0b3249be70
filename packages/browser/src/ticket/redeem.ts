import type { Page } from '../page/page.ts';
import type { StartedSignIn, TicketPresentation } from '../sign-in/sign-in.ts';
import { takeStep } from '../sign-in/step.ts';
import { keptVerifier } from './kept-verifier.ts';

/** A redemption that callers share. */
export interface Redemption {
  readonly started: Promise<StartedSignIn>;
  /** The sign-in that it became; `undefined` while it runs. */
  signInId: string | undefined;
}

/**
 * Redeems a ticket. Everybody in this page who brings the same one shares the redemption,
 * while it runs and while its sign-in is the page's: a component that mounts twice redeems
 * once. A lost answer is asked for once more, since the server knows a repeat by the same
 * browser.
 */
export function redeemTicket(
  page: Page,
  params: { readonly ticket: string } & TicketPresentation,
): Promise<StartedSignIn> {
  const { ticket } = params;
  const shared = page.redemptions.get(ticket);
  const isShared = shared && (shared.signInId === undefined || shared.signInId === page.signIn?.id);
  if (isShared) return shared.started;
  const form = { ...params, strategy: 'ticket', codeVerifier: keptVerifier() };
  const started = takeStep(page, { path: '/client/sign_ins', form, networkRetries: 1 });
  const redemption: Redemption = { started, signInId: undefined };
  page.redemptions.set(ticket, redemption);
  started.then(
    ({ id }) => {
      redemption.signInId = id;
    },
    () => page.redemptions.delete(ticket),
  );
  return started;
}
