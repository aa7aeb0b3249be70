import { SignIn } from '@willcall/react';

/** `/sign-in` and the paths below it: each step of the form has a path of its own. */
export function SignInPage() {
  return (
    <div className="centre">
      <SignIn routing="path" path="/sign-in" fallbackRedirectUrl="/protected" />
    </div>
  );
}
