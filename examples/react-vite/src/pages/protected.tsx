import { useEffect } from 'react';
import { useUser } from '@willcall/react';
import { replace } from '../router.tsx';

/** `/protected`, for people who are signed in. Others sign in first, and come back. */
export function ProtectedPage() {
  const { isLoaded, isSignedIn, user } = useUser();
  const mustSignIn = isLoaded && !isSignedIn;
  useEffect(() => {
    if (mustSignIn) replace('/sign-in?redirect_url=/protected');
  }, [mustSignIn]);
  if (!user) return <p className="quiet centre">One moment …</p>;

  const name = user.fullName ?? user.primaryEmailAddress?.emailAddress ?? user.id;
  return (
    <section className="centre">
      <div className="ticket">
        <div>
          <p className="eyebrow">The Tempest</p>
          <h1>Row K, seat 11</h1>
          <p>
            Held at the will-call window for <strong>{name}</strong>
          </p>
        </div>
        <p className="stub" aria-hidden="true">
          K 11
        </p>
      </div>
    </section>
  );
}
