import { createElement, StrictMode, type ReactElement } from 'react';
import {
  SignedIn,
  SignedOut,
  SignIn,
  UserButton,
  UserProfile,
  WillcallProvider,
} from '@willcall/react';

/** What the server draws and the browser takes over. Without JSX: Node runs it as it stands. */
export function drawApp(apiUrl: string): ReactElement {
  return createElement(
    StrictMode,
    {},
    createElement(
      WillcallProvider,
      { apiUrl },
      createElement('h1', {}, 'Drawn by a server'),
      createElement(UserButton),
      createElement(SignedOut, {}, 'Nobody is signed in.'),
      createElement(SignIn, { routing: 'hash', fallbackRedirectUrl: '/?after' }),
      createElement(SignedIn, {}, createElement(UserProfile)),
    ),
  );
}
