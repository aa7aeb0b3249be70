import type { ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
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
import { afterEach, expect, type Mock, test, vi } from 'vitest';

afterEach(() => vi.unstubAllGlobals());

const page = new URL(
  'https://app.example/sign-in/code?__clerk_ticket=sit_secret&redirect_url=%2Fdesk',
);

/** What a server prints, or a page in its first render, at which React compares the two. */
function print(component: ReactNode, language?: string): string {
  return renderToString(
    <WillcallProvider apiUrl="https://auth.example" language={language}>
      {component}
    </WillcallProvider>,
  );
}

/** The globals that tell a page from a server. They fail the test when they are used to ask or to go. */
function openPage(): Mock[] {
  const asked = vi.fn<() => void>();
  const went = vi.fn<() => void>();
  const history = { replaceState: went, pushState: went, state: null };
  vi.stubGlobal('fetch', asked);
  vi.stubGlobal('location', page);
  vi.stubGlobal('history', history);
  vi.stubGlobal('document', { cookie: '__session=x', visibilityState: 'visible' });
  vi.stubGlobal('window', { location: page, history });
  return [asked, went];
}

/** With the heading that a server can print, where there is one before anything is known. */
const components: [string, () => ReactNode, string?][] = [
  ['<SignIn>', () => <SignIn path="/sign-in" />, 'Sign in'],
  ['<SignUp>', () => <SignUp />],
  ['<RedeemTicket>', () => <RedeemTicket token="sit_other" />, 'Checking your ticket'],
  ['<UserProfile>', () => <UserProfile />],
];

test.each(components)('%s is a waiting card on a server, and asks nobody', (_name, draw, title) => {
  const asked = vi.fn<() => void>();
  vi.stubGlobal('fetch', asked);
  const printed = print(draw(), 'en-GB');
  expect(printed).toContain('lang="en" dir="ltr"');
  const headings = [...printed.matchAll(/>([^<]*)<\/h1>/g)].map(([, text]) => text);
  expect(headings).toEqual(title === undefined ? [] : [title]);
  expect(printed).toContain('One moment …');
  expect(printed).toContain('role="status"');
  expect(printed).not.toContain('<input');
  expect(asked).not.toHaveBeenCalled();
});

test.each(components)(
  'the first render of %s in a page equals the one on a server',
  (_name, draw) => {
    const onServer = print(draw());
    const used = openPage();
    expect(print(draw())).toBe(onServer);
    for (const each of used) expect(each).not.toHaveBeenCalled();
  },
);

test.each([undefined, 'de'])(
  'in a language that is not known, or not there yet (%s), a server prints no text',
  (language) => {
    const printed = print(<SignIn />, language);
    expect(printed).toContain('role="status"');
    expect(printed.replaceAll(/<[^>]*>/g, '')).toBe('');
  },
);

test('who is signed in is unknown on a server, so neither side shows', () => {
  const printed = print(
    <>
      <SignedIn>in</SignedIn>
      <SignedOut>out</SignedOut>
    </>,
  );
  expect(printed).toBe('');
});

test('<UserButton> keeps its room until it is known who is signed in', () => {
  expect(print(<UserButton />)).toMatch(
    /^<div [^>]*data-willcall="user-button"><span class="[^"]+"><\/span><\/div>$/,
  );
});

test('<OrganizationSwitcher> keeps its room, and <ImpersonationBanner> needs none', () => {
  expect(print(<OrganizationSwitcher />)).toMatch(
    /^<div [^>]*data-willcall="organization-switcher"><span class="[^"]+"><\/span><\/div>$/,
  );
  expect(print(<ImpersonationBanner />)).toBe('');
});

test('outside of a provider a component says what is missing', () => {
  expect(() => renderToString(<SignIn />)).toThrow(TypeError);
  expect(() => print(<RedeemTicket token="" />)).toThrow(/needs the prop token/);
});
