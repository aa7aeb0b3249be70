import { StrictMode, useLayoutEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { createWillcall } from '@willcall/browser';
import {
  OrganizationSwitcher,
  useAuth,
  useSession,
  useSignIn,
  useSignUp,
  useUser,
  useWillcall,
  WillcallProvider,
} from '@willcall/react';
import * as mounts from '@willcall/react/mount';
import '@willcall/react/styles.css';
import { address, apiUrl, place } from './page.ts';

function useAll() {
  return {
    auth: useAuth(),
    session: useSession(),
    user: useUser(),
    signIn: useSignIn(),
    signUp: useSignUp(),
    willcall: useWillcall(),
  };
}

/** What a customer's page has in hand, for a test that plays its developer. */
export interface Desk {
  readonly apiUrl: string;
  readonly place: Element;
  readonly mounts: typeof mounts;
  readonly createWillcall: typeof createWillcall;
  /** What the hooks answered when they were rendered last. */
  seen: ReturnType<typeof useAll> | undefined;
  renders: number;
  /** What a test has mounted and comes back to. */
  mounted: mounts.Mounted | undefined;
}

const desk: Desk = {
  ...{ apiUrl, place, mounts, createWillcall },
  ...{ seen: undefined, renders: 0, mounted: undefined },
};
Object.assign(window, { desk });

function Watch() {
  const seen = useAll();
  useLayoutEffect(() => {
    desk.seen = seen;
    desk.renders += 1;
  });
  return null;
}

if (address.pathname.startsWith('/hooks')) {
  createRoot(place).render(
    <StrictMode>
      <WillcallProvider apiUrl={apiUrl}>
        <Watch />
        <OrganizationSwitcher hidePersonal={address.pathname === '/hooks/hidden'} />
      </WillcallProvider>
    </StrictMode>,
  );
}
