import { createWillcall } from '@willcall/browser';
import type { ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { signInByTicket } from '../../guides/snippets/redeem-from-code.ts';
import { signInByLink } from '../../guides/snippets/redeem-from-url.ts';
import { KioskPage } from '../../guides/snippets/redeem-in-your-layout.tsx';
import { SignInPage } from '../../guides/snippets/sign-in-page.tsx';

// An app that holds the guide's snippets, each on a page of its own.
const { apiUrl = '' } = document.documentElement.dataset;
const container = document.createElement('div');
document.body.append(container);

function render(page: ReactElement): void {
  createRoot(container).render(page);
}

const pages: Record<string, () => unknown> = {
  '/sign-in': () => render(<SignInPage apiUrl={apiUrl} />),
  '/kiosk': () => render(<KioskPage apiUrl={apiUrl} ticket={location.hash.slice(1)} />),
  '/by-link': async () => say(await signInByLink(apiUrl)),
  '/by-ticket': async () => say(await signInByTicket(apiUrl, location.hash.slice(1))),
  '/inbox': showUser,
};

/** The page that people land on: whoever it names is signed in here. */
async function showUser(): Promise<void> {
  const willcall = createWillcall({ apiUrl });
  await willcall.load();
  say(willcall.user ? `In the inbox of ${willcall.user.id}` : 'Nobody is signed in.');
}

function say(text: string): void {
  container.textContent = text;
}

await pages[location.pathname]?.();
