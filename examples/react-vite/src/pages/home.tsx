import { useUser } from '@willcall/react';
import { Link } from '../router.tsx';

/** `/`, for everybody. */
export function HomePage() {
  const { isLoaded, user } = useUser();
  return (
    <section className="tonight">
      <p className="eyebrow">Tonight, half past seven</p>
      <h1>The Tempest</h1>
      <p className="lead">
        A storm, an island, and a duke who kept his books. Two hours ten, with an interval.
      </p>
      <p className="actions">
        <Link to="/protected" className="button">
          {user ? 'See your seat' : 'Sign in to see your seat'}
        </Link>
      </p>
      <p role="status" className="quiet">
        {isLoaded ? greeting(user?.firstName ?? user?.primaryEmailAddress?.emailAddress) : ''}
      </p>
    </section>
  );
}

function greeting(name: string | undefined): string {
  return name === undefined ? 'Nobody is signed in.' : `Welcome back, ${name}.`;
}
