import { SignIn } from '@willcall/react';

export function SignInPage() {
  return <SignIn path="/sign-in" signUpUrl="/sign-up" fallbackRedirectUrl="/desk" />;
}
