import { SignUp, useWillcall } from '@willcall/react';
import { Frame } from '../frame/frame.tsx';
import { useTexts } from '../messages/use-texts.ts';

/** `/sign-up` and its step. */
export default function SignUpPage() {
  const texts = useTexts();
  const { environment } = useWillcall();
  return (
    <Frame title={texts.signUp}>
      <SignUp
        routing="path"
        path="/sign-up"
        signInUrl="/sign-in"
        fallbackRedirectUrl={environment?.afterSignUpUrl}
      />
    </Frame>
  );
}
