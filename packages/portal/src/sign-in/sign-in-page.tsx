import { SignIn, useWillcall } from '@willcall/react';
import { Frame } from '../frame/frame.tsx';
import { useTexts } from '../messages/use-texts.ts';

/** `/sign-in` and its steps. */
export function SignInPage() {
  const texts = useTexts();
  const { environment } = useWillcall();
  return (
    <Frame title={texts.signIn}>
      <SignIn
        routing="path"
        path="/sign-in"
        signUpUrl="/sign-up"
        fallbackRedirectUrl={environment?.afterSignInUrl}
      />
    </Frame>
  );
}
