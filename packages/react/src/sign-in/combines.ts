import type { Environment } from '@willcall/browser';
import type { ProviderSettings } from '../provider/context.ts';

/**
 * Whether `<SignIn>` makes accounts as well: as `withSignUp` says, else where neither the
 * component nor the provider nor the instance names a page for it. The hosted page is what
 * an instance has without naming one. `undefined` until the instance is known.
 */
export function combinesSignUp(
  own: { readonly withSignUp?: boolean | undefined; readonly signUpUrl?: string | undefined },
  settings: ProviderSettings,
  environment: Environment | undefined,
): boolean | undefined {
  if (own.withSignUp !== undefined) return own.withSignUp;
  if (own.signUpUrl !== undefined || settings.signUpUrl !== undefined) return false;
  if (!environment) return undefined;
  const { signUpUrl, hostedPagesUrl } = environment;
  return signUpUrl === undefined || signUpUrl === `${hostedPagesUrl}/sign-up`;
}
