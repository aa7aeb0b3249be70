import type { SignIn, SignInFactor } from '@willcall/browser';
import { addressOfStep, type RoutingProps } from '../route/use-step.ts';

/** The step that the provider's answer leads to. */
const callbackStep = 'sso-callback';

/** How long a provider may take before the person can press again. Milliseconds. */
const patience = 10_000;

/**
 * Takes the person to their identity provider. It ends when they are at this very page still, or
 * again: they came back, stopped loading, or an app opened in its place; else the page is gone by
 * then. Rejects when the server refuses.
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
  return whenHereAgain();
}

function whenHereAgain(): Promise<void> {
  return new Promise((resolve) => {
    const listening = new AbortController();
    const { signal } = listening;
    function end() {
      listening.abort();
      clearTimeout(timer);
      resolve();
    }
    const timer = setTimeout(end, patience);
    addEventListener('pageshow', ({ persisted }) => persisted && end(), { signal });
    document.addEventListener(
      'visibilitychange',
      () => document.visibilityState === 'visible' && end(),
      { signal },
    );
  });
}
