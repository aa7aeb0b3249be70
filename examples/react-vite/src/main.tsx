import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { WillcallProvider } from '@willcall/react';
import './app.css';
import '@willcall/react/styles.css';
import { App } from './app.tsx';
import { push, replace } from './router.tsx';

const apiUrl = import.meta.env.VITE_WILLCALL_URL ?? 'http://localhost:4000';
const root = document.getElementById('root');
if (!root) throw new TypeError('index.html has no element with the id root.');

createRoot(root).render(
  <StrictMode>
    <WillcallProvider
      apiUrl={apiUrl}
      signInUrl="/sign-in"
      signUpUrl="/sign-up"
      userProfileUrl="/account"
      afterSignOutUrl="/"
      routerPush={push}
      routerReplace={replace}
    >
      <App />
    </WillcallProvider>
  </StrictMode>,
);
