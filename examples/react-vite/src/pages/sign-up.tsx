import { SignUp } from '@willcall/react';

/** `/sign-up` and the paths below it. */
export function SignUpPage() {
  return (
    <div className="centre">
      <SignUp routing="path" path="/sign-up" fallbackRedirectUrl="/protected" />
    </div>
  );
}
