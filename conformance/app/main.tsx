import { isClerkAPIResponseError } from '@clerk/react/errors';
import {
  ClerkProvider,
  Show,
  SignIn,
  SignOutButton,
  SignUp,
  useAuth,
  useReverification,
  useSignIn,
  useUser,
} from '@clerk/react';
import { StrictMode, useState, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';

declare const PUBLISHABLE_KEY: string;

/** The application of a customer, as small as it can be: a page chosen by its path. */
function App(): ReactElement {
  return (
    <ClerkProvider
      publishableKey={PUBLISHABLE_KEY}
      proxyUrl="/__clerk"
      signInUrl="/sign-in"
      signUpUrl="/sign-up"
      telemetry={false}
    >
      <Page />
    </ClerkProvider>
  );
}

function Page(): ReactElement {
  if (location.pathname.startsWith('/combined'))
    return <SignIn routing="path" path="/combined" withSignUp />;
  if (location.pathname.startsWith('/sign-in')) return <SignIn routing="path" path="/sign-in" />;
  if (location.pathname.startsWith('/sign-up')) return <SignUp routing="path" path="/sign-up" />;
  if (location.pathname === '/hash') return <SignIn routing="hash" />;
  if (location.pathname === '/backup-codes') return <BackupCodes />;
  if (location.pathname === '/delete-account') return <DeleteAccount />;
  if (location.pathname === '/from-code') return <FromCode />;
  return <Home />;
}

function Home(): ReactElement {
  const { user } = useUser();
  const { actor } = useAuth();
  return (
    <main>
      <Show when="signed-in">
        <p>Signed in as {user?.primaryEmailAddress?.emailAddress}</p>
        <p>{actor ? `Acted for by ${actor.sub}` : 'Nobody acts for them'}</p>
        <SignOutButton>
          <button type="button">Sign out</button>
        </SignOutButton>
      </Show>
      <Show when="signed-out">
        <p>Signed out</p>
      </Show>
    </main>
  );
}

/** Makes backup codes, after whatever proof the server asks for. */
function BackupCodes(): ReactElement {
  const { user } = useUser();
  const [count, setCount] = useState(0);
  const make = useReverification(() => user?.createBackupCode());
  if (!user) return <main />;
  return (
    <main>
      <button
        type="button"
        onClick={() => void make().then((made) => setCount(made?.codes.length ?? 0))}
      >
        Make codes
      </button>
      <output>{count} codes</output>
    </main>
  );
}

/** Deletes the account as the official profile does, after whatever proof the server asks for. */
function DeleteAccount(): ReactElement {
  const { user } = useUser();
  const remove = useReverification(() => user?.delete());
  return (
    <main>
      <button type="button" disabled={!user} onClick={() => void remove()}>
        Delete my account
      </button>
    </main>
  );
}

/** Redeems the ticket of the address bar without the component. */
function FromCode(): ReactElement {
  const { signIn } = useSignIn();
  const [outcome, setOutcome] = useState('');

  async function redeem(): Promise<void> {
    const { error } = await signIn.ticket();
    if (error) {
      // The SDK's own code says only that the server refused.
      const code = isClerkAPIResponseError(error) ? error.errors[0]?.code : error.code;
      return setOutcome(`Refused: ${code}`);
    }
    await signIn.finalize({
      navigate: ({ decorateUrl }) => {
        location.assign(decorateUrl('/'));
      },
    });
  }

  return (
    <main>
      <button type="button" onClick={() => void redeem()}>
        Redeem
      </button>
      <output>{outcome}</output>
    </main>
  );
}

const container = document.querySelector('#app');
if (!container) throw new Error('The page has no #app.');
createRoot(container).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
