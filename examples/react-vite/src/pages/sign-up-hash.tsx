import { SignUp } from '@willcall/react';

/** `/sign-up-hash`: the steps live behind `#`, so the server of the app needs no further paths. */
export function SignUpHashPage() {
  return (
    <div className="centre">
      <SignUp routing="hash" signInUrl="/sign-in-hash" fallbackRedirectUrl="/protected" />
    </div>
  );
}
