import { type ComponentType, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { WillcallProvider } from '@willcall/react';
import { Frame } from './frame/frame.tsx';
import { lazyPage } from './frame/lazy-page.tsx';
import { pageLanguage } from './messages/use-texts.ts';
import { type PageName, pageOf } from './page-of.ts';
import { SignInPage } from './sign-in/sign-in-page.tsx';

// The sign-in page is there from the start: it takes a ticket out of the address bar before
// the provider asks the server anything. The others come when they are opened.
const pages: Readonly<Record<PageName, ComponentType>> = {
  'sign-in': SignInPage,
  'sign-up': lazyPage(() => import('./sign-up/sign-up-page.tsx')),
  home: lazyPage(() => import('./home/home.tsx')),
  user: lazyPage(() => import('./user/user-page.tsx')),
  mailbox: lazyPage(() => import('./mailbox/mailbox.tsx')),
  'not-found': lazyPage(() => import('./not-found/not-found.tsx')),
};

const Page = pages[pageOf(location.pathname)];
const place = document.getElementById('page');
if (!place) throw new TypeError('index.html has no element with the id page.');

createRoot(place).render(
  <StrictMode>
    <WillcallProvider
      apiUrl={location.origin}
      signInUrl="/sign-in"
      signUpUrl="/sign-up"
      userProfileUrl="/user"
      afterSignOutUrl="/"
      language={pageLanguage()}
    >
      <Suspense fallback={<Frame title={undefined}>{null}</Frame>}>
        <Page />
      </Suspense>
    </WillcallProvider>
  </StrictMode>,
);
