import type { SignIn, SignInFactor } from '@willcall/browser';
import { addressOfStep, type RoutingProps } from '../route/use-step.ts';

/** The step that the provider's answer leads to. */
const callbackStep = 'sso-callback';

/**
 * Takes the person to their identity provider. It ends when they come back to this very page
 * by the back button; else the page is gone by then. Rejects when the server refuses.
 */
export async function goToProvider(
  signIn: SignIn,
  { enterpriseConnectionId }: SignInFactor,
  routing: RoutingProps,
): Promise<void> {
  const redirectUrl = addressOfStep(routing, callbackStep);
  const { firstFactorVerification } = await signIn.prepareFirstFactor({
    strategy: 'enterprise_sso',
    enterpriseConnectionId,
    // Both lead here, since this page makes the session its own and knows where to go then.
    ...{ redirectUrl, actionCompleteRedirectUrl: redirectUrl },
  });
  const url = firstFactorVerification?.externalVerificationRedirectUrl;
  if (!url) throw new TypeError('The server named no page of the identity provider.');
  location.assign(url);
  return new Promise((resolve) => {
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) resolve();
    });
  });
}
