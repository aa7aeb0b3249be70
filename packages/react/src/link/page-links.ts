import type { Environment } from '@willcall/browser';
import type { ProviderSettings } from '../provider/context.ts';
import { readParameter } from '../route/parameter.ts';

/** The sign-in page: the component's own prop, else the provider's, else the instance's. */
export function signInLink(
  own: string | undefined,
  settings: ProviderSettings,
  environment: Environment | undefined,
): string {
  return withRedirect(
    own ?? settings.signInUrl ?? environment?.signInUrl ?? hosted(environment, '/sign-in'),
  );
}

/** The sign-up page, found like the sign-in page. */
export function signUpLink(
  own: string | undefined,
  settings: ProviderSettings,
  environment: Environment | undefined,
): string {
  return withRedirect(
    own ?? settings.signUpUrl ?? environment?.signUpUrl ?? hosted(environment, '/sign-up'),
  );
}

/** The profile page, found like the sign-in page. */
export function profileLink(
  own: string | undefined,
  settings: ProviderSettings,
  environment: Environment | undefined,
): string {
  return (
    own ?? settings.userProfileUrl ?? environment?.userProfileUrl ?? hosted(environment, '/user')
  );
}

function hosted(environment: Environment | undefined, path: string): string {
  return `${environment?.hostedPagesUrl ?? ''}${path}`;
}

/** Where the person wanted to go is carried along. */
function withRedirect(href: string): string {
  const redirectUrl = readParameter(new URL(location.href), 'redirect_url');
  if (redirectUrl === undefined) return href;
  const url = new URL(href, location.href);
  url.searchParams.set('redirect_url', redirectUrl);
  return url.origin === location.origin ? url.pathname + url.search + url.hash : url.href;
}
