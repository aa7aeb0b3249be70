import { SignIn, WillcallProvider } from '@willcall/react';
import '@willcall/react/styles.css';

/** The page at /sign-in, and at every path below it. */
export function SignInPage({ apiUrl }: { apiUrl: string }) {
  return (
    <WillcallProvider apiUrl={apiUrl}>
      <SignIn path="/sign-in" />
    </WillcallProvider>
  );
}
