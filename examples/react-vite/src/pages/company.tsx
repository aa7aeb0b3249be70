import { OrganizationSwitcher, SignedIn, SignedOut } from '@willcall/react';
import { Link } from '../router.tsx';

/** `/company`: the company that a person goes to the theatre with, of those they belong to. */
export function CompanyPage() {
  return (
    <section className="centre">
      <h1>In whose company?</h1>
      <SignedIn>
        <p>Seats are held for one company at a time.</p>
        <OrganizationSwitcher />
      </SignedIn>
      <SignedOut>
        <p>
          <Link to="/sign-in">Sign in</Link> to choose one.
        </p>
      </SignedOut>
    </section>
  );
}
