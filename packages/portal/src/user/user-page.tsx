import { useEffect, useRef } from 'react';
import { UserButton, UserProfile, useUser } from '@willcall/react';
import { Frame } from '../frame/frame.tsx';
import { useTexts } from '../messages/use-texts.ts';

/** `/user`: the own account. Who is signed out signs in first, and comes back. */
export default function UserPage() {
  const texts = useTexts();
  const { isLoaded, isSignedIn } = useUser();
  const hasArrived = useRef(false);
  useEffect(() => {
    if (!isLoaded || hasArrived.current) return;
    // Whoever signs out on this page goes elsewhere.
    hasArrived.current = true;
    if (!isSignedIn) location.replace('/sign-in?redirect_url=/user');
  }, [isLoaded, isSignedIn]);
  return (
    <Frame title={texts.account} corner={<UserButton />}>
      <UserProfile />
    </Frame>
  );
}
