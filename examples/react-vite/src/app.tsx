import { type ComponentType, useEffect } from 'react';
import { ImpersonationBanner, SignedIn, SignedOut, UserButton } from '@willcall/react';
import { Link, usePath } from './router.tsx';
import { AccountPage } from './pages/account.tsx';
import { CompanyPage } from './pages/company.tsx';
import { FromCodePage } from './pages/from-code.tsx';
import { HomePage } from './pages/home.tsx';
import { NotFoundPage } from './pages/not-found.tsx';
import { ProtectedPage } from './pages/protected.tsx';
import { SignInHashPage } from './pages/sign-in-hash.tsx';
import { SignInPage } from './pages/sign-in.tsx';
import { SignUpHashPage } from './pages/sign-up-hash.tsx';
import { SignUpPage } from './pages/sign-up.tsx';

interface Page {
  readonly title: string;
  readonly Content: ComponentType;
}

const pages: Readonly<Record<string, Page>> = {
  '': { title: 'Tonight', Content: HomePage },
  'sign-in': { title: 'Sign in', Content: SignInPage },
  'sign-in-hash': { title: 'Sign in', Content: SignInHashPage },
  'sign-up': { title: 'Create an account', Content: SignUpPage },
  'sign-up-hash': { title: 'Create an account', Content: SignUpHashPage },
  'from-code': { title: 'Sign in from code', Content: FromCodePage },
  protected: { title: 'Your seat', Content: ProtectedPage },
  account: { title: 'Your account', Content: AccountPage },
  company: { title: 'Your company', Content: CompanyPage },
};
const notFound: Page = { title: 'Not found', Content: NotFoundPage };

/** The frame around every page, and the page that the address names: its first part decides. */
export function App() {
  const name = usePath().split('/')[1] ?? '';
  const { title, Content } = pages[name] ?? notFound;
  useEffect(() => {
    document.title = `${title} · Row K`;
  }, [title]);
  return (
    <>
      <div>
        <ImpersonationBanner />
        <header className="head">
          <Link to="/" className="brand">
            Row K
          </Link>
          <nav aria-label="Pages">
            <Link to="/protected">Your seat</Link>
            <SignedOut>
              <Link to="/sign-in">Sign in</Link>
            </SignedOut>
          </nav>
          <div className="person">
            <SignedIn>
              <UserButton />
            </SignedIn>
          </div>
        </header>
      </div>
      <main>
        <Content />
      </main>
      <footer className="foot">
        An example app for Willcall. The plays are real, the seats are not.
      </footer>
    </>
  );
}
