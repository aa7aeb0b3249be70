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

// A customer's page. Its address says what is in it, and `apiUrl` where the server is.
const page = new URL(location.href);
const apiUrl = sessionStorage.getItem('apiUrl') ?? page.searchParams.get('apiUrl') ?? '';
sessionStorage.setItem('apiUrl', apiUrl);
const language = page.searchParams.get('language') ?? undefined;
const place = document.getElementById('app');
if (!place) throw new TypeError('The page has no place for the app.');

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
