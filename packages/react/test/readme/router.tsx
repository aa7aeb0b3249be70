import type { ReactNode } from 'react';
import { en, WillcallProvider } from '@willcall/react';

const messages = { ...en, signIn: { ...en.signIn, title: 'To the stage door' } };

export function App({ push, children }: { push: (path: string) => void; children: ReactNode }) {
  return (
    <WillcallProvider apiUrl="/__clerk" afterSignOutUrl="/" routerPush={push} messages={messages}>
      {children}
    </WillcallProvider>
  );
}
