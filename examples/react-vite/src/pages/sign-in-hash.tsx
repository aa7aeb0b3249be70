import { SignIn } from '@willcall/react';

/**
 * `/sign-in-hash`: the steps live behind `#`, so the server of the app needs no further paths.
 * Accounts are made in the same component.
 */
export function SignInHashPage() {
  return (
    <div className="centre">
      <SignIn routing="hash" withSignUp fallbackRedirectUrl="/protected" />
    </div>
  );
}
