import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import {
  ImpersonationBanner,
  OrganizationSwitcher,
  RedeemTicket,
  SignedIn,
  SignedOut,
  SignIn,
  SignUp,
  UserButton,
  UserProfile,
  WillcallProvider,
} from '@willcall/react';
import { mountSignIn } from '@willcall/react/mount';
import '@willcall/react/styles.css';
import { address as page, apiUrl, place } from './page.ts';

// A customer's page.
const language = page.searchParams.get('language') ?? undefined;

if (page.pathname.startsWith('/mounted')) {
  const { unmount } = mountSignIn(place, {
    apiUrl,
    path: '/mounted',
    fallbackRedirectUrl: '/account',
  });
  Object.assign(window, { unmount });
} else {
  createRoot(place).render(
    <StrictMode>
      <WillcallProvider apiUrl={apiUrl} signInUrl="/sign-in" language={language}>
        <ImpersonationBanner />
        {draw(page.pathname)}
      </WillcallProvider>
    </StrictMode>,
  );
}

function draw(path: string) {
  if (path.startsWith('/sign-in')) return <SignIn path="/sign-in" fallbackRedirectUrl="/account" />;
  if (path.startsWith('/hash')) return <SignIn fallbackRedirectUrl="/account" />;
  if (path.startsWith('/sign-up')) return <SignUp path="/sign-up" fallbackRedirectUrl="/account" />;
  if (path.startsWith('/apart')) return <SignIn path="/apart" signUpUrl="/sign-up" />;
  if (path.startsWith('/redeem/here'))
    return <RedeemTicket token={page.hash.slice(1)} forceRedirectUrl={path} />;
  if (path.startsWith('/redeem')) return <RedeemTicket token={page.hash.slice(1)} />;
  if (path.startsWith('/beside'))
    return (
      <>
        <p>Of the app.</p>
        <SignIn />
      </>
    );
  return (
    <>
      <SignedOut>Nobody is in.</SignedOut>
      <SignedIn>
        <OrganizationSwitcher />
        <UserButton />
        <UserProfile />
      </SignedIn>
    </>
  );
}
