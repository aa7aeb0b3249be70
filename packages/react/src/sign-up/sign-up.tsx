import { useEffect } from 'react';
import { type DestinationProps, useLeave } from '../destination/use-leave.ts';
import { Entrance, EntranceRoot } from '../entrance/entrance.tsx';
import { lazyPart } from '../entrance/lazy-part.tsx';
import { signInLink } from '../link/page-links.ts';
import { useProvider } from '../provider/context.ts';
import { type RoutingProps, useStep } from '../route/use-step.ts';
import { keptInvitation } from '../ticket/recall.ts';
import { useRedemption } from '../ticket/use-redemption.ts';
import { useTicket } from '../ticket/use-ticket.ts';

export interface SignUpProps extends RoutingProps, DestinationProps {
  /** The page with `<SignIn/>`. Default: the provider's, else the instance's. */
  readonly signInUrl?: string | undefined;
}

// What a ticket does not need comes in a part of its own.
const loadForm = () => import('./form.tsx');
const SignUpForm = lazyPart(loadForm);

/**
 * Makes an account: with the ticket of the page's address if there is one, in query or hash,
 * else by e-mail address and password, proved by a code. Then goes on as `<SignIn>` does.
 */
export function SignUp(props: SignUpProps) {
  return (
    <EntranceRoot name="sign-up">
      <SignUpOnPage {...props} />
    </EntranceRoot>
  );
}

function SignUpOnPage(props: SignUpProps) {
  const { settings } = useProvider();
  const route = useStep(props);
  const way = useLeave(props);
  const { signInUrl } = props;
  const [found, giveUp] = useTicket(keptInvitation);
  const ticket = found?.ticket;
  const used = useRedemption(ticket, 'sign-up', way.leave);
  useEffect(() => {
    if (ticket === undefined) void loadForm().catch(() => {});
  }, [ticket]);
  return (
    <Entrance
      {...{ ...used, way, giveUp }}

      routing={props}
      elsewhere={ticket === undefined ? undefined : { ticket, signInUrl, signUpUrl: undefined }}
    >
      {(environment, notice) => (
        <SignUpForm
          {...{ environment, notice, route, way }}
          signInHref={signInLink(signInUrl, settings, environment)}
        />
      )}
    </Entrance>
  );
}
