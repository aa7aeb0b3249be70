import { useEffect, useState } from 'react';
import { UserButton, UserProfile, useUser } from '@willcall/react';
import { Frame } from '../frame/frame.tsx';
import { useTexts } from '../messages/use-texts.ts';

/** `/user`: the own account. Who is signed out signs in first, and comes back. */
export default function UserPage() {
  const texts = useTexts();
  const { isLoaded, isSignedIn } = useUser();
  const [hasArrived, setArrived] = useState(false);
  useEffect(() => {
    if (!isLoaded || hasArrived) return;
    // Whoever signs out on this page goes elsewhere.
    if (isSignedIn) setArrived(true);
    else location.replace('/sign-in?redirect_url=/user');
  }, [isLoaded, isSignedIn, hasArrived]);
  return (
    <Frame title={texts.account} corner={<UserButton />}>
      {!isLoaded || isSignedIn || hasArrived ? <UserProfile /> : null}
    </Frame>
  );
}
