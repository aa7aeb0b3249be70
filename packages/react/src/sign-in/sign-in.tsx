import { useEffect, useState } from 'react';
import { type DestinationProps, useLeave } from '../destination/use-leave.ts';
import { Entrance, EntranceRoot } from '../entrance/entrance.tsx';
import { lazyCard, lazyPart } from '../entrance/lazy-part.tsx';
import { loadLate } from '../entrance/load-late.ts';
import { useEntranceMessages } from '../messages/use-entrance-messages.ts';
import { useProvider, useSnapshot } from '../provider/context.ts';
import type { RoutingProps } from '../route/use-step.ts';
import { keptTicket } from '../ticket/recall.ts';
import { useRedemption } from '../ticket/use-redemption.ts';
import { useTicket } from '../ticket/use-ticket.ts';
import { combinesSignUp } from './combines.ts';

export interface SignInProps extends RoutingProps, DestinationProps {
  /** The page with `<SignUp/>`. Default: the provider's, else the instance's. */
  readonly signUpUrl?: string | undefined;
  /**
   * Whether people can create an account in this component, at its step `create`. Default:
   * whether nobody names a page for it.
   */
  readonly withSignUp?: boolean | undefined;
}

// What a ticket does not need comes in parts of its own.
const loadForms = () => import('./forms.tsx');
const SignInForms = lazyPart(loadForms);
const CarriedTicket = lazyCard(async () => ({ default: (await loadLate()).CarriedTicket }));

/**
 * Signs a person in: with the ticket of the page's address if there is one, in query or hash,
 * else by the form. Then goes on: `forceRedirectUrl`, `redirect_url` of the address,
 * `fallbackRedirectUrl`, `/`. Each ticket is sent once, after it has left the address bar.
 */
export function SignIn(props: SignInProps) {
  const messages = useEntranceMessages();
  return (
    <EntranceRoot name="sign-in" title={messages?.signIn.title}>
      <SignInOnPage {...props} />
    </EntranceRoot>
  );
}

function SignInOnPage(props: SignInProps) {
  const messages = useEntranceMessages();
  const { settings } = useProvider();
  const isCombined = combinesSignUp(props, settings, useSnapshot().environment);
  const way = useLeave(props);
  const [found, giveUp] = useTicket(keptTicket);
  const isForSignUp = found?.ticketStatus === 'sign_up';
  const isCarried = isForSignUp && isCombined === false;
  // Which page a ticket is for may hang on what the instance names.
  const isWaiting = isCarried || isCombined === undefined;
  const ownPurpose = isCombined ? 'either' : 'sign-in';
  const purpose = isForSignUp ? 'sign-up' : ownPurpose;
  const used = useRedemption(isWaiting ? undefined : found?.ticket, purpose, way.leave);
  // Back from the provider, the page goes on to show what it showed on the way there.
  const [isBack] = useState(() => location.href.includes('/sso-callback'));
  const hasTicket = found !== undefined;
  useEffect(() => {
    if (!hasTicket) void loadForms().catch(() => {});
  }, [hasTicket]);

  const redemption = hasTicket && isWaiting ? { status: 'waiting' as const } : used.redemption;
  return (
    <Entrance
      {...{ ...used, way, redemption, giveUp }}
      title={isBack ? messages?.ticket.redeeming : messages?.signIn.title}
      routing={props}
      elsewhere={
        found && { ticket: found.ticket, signInUrl: location.pathname, signUpUrl: props.signUpUrl }
      }
    >
      {(environment, notice) =>
        isCarried ? (
          <CarriedTicket {...{ environment, ticket: found.ticket, signUpUrl: props.signUpUrl }} />
        ) : (
          <SignInForms
            {...{ props, environment, notice, way, isCombined: isCombined === true }}
            next={redemption?.status === 'next' ? redemption.step : undefined}
          />
        )
      }
    </Entrance>
  );
}
