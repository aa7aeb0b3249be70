import type { ReactNode } from 'react';
import { ImpersonationBanner, OrganizationSwitcher, UserButton } from '@willcall/react';

export function Layout({ children }: { children: ReactNode }) {
  return (
    <>
      <ImpersonationBanner />
      <header>
        <OrganizationSwitcher hidePersonal />
        <UserButton />
      </header>
      {children}
    </>
  );
}
