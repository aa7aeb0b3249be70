import { createRoot } from 'react-dom/client';
import { SignedIn, SignedOut, SignIn, UserButton, WillcallProvider } from '@willcall/react';
import '@willcall/react/styles.css';

createRoot(document.body).render(
  <WillcallProvider apiUrl="http://localhost:4000">
    {location.pathname.startsWith('/sign-in') ? (
      <SignIn path="/sign-in" />
    ) : (
      <>
        <SignedOut>
          <a href="/sign-in">Sign in</a>
        </SignedOut>
        <SignedIn>
          <UserButton />
        </SignedIn>
      </>
    )}
  </WillcallProvider>,
);
