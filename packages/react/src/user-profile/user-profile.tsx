import { Arriving } from '../entrance/arriving.tsx';
import { EntranceRoot } from '../entrance/entrance.tsx';
import { lazyCard, lazyPart } from '../entrance/lazy-part.tsx';
import { loadLate } from '../entrance/load-late.ts';
import { BusyCard } from '../look/card.tsx';
import { useProvider, useSnapshot } from '../provider/context.ts';

// Apart from what a ticket needs, as the forms are.
const Profile = lazyPart(() => import('./profile.tsx'));
const RetryCard = lazyCard(async () => ({ default: (await loadLate()).RetryCard }));

/**
 * The account of the person who is signed in: name, e-mail addresses, password, second
 * step, and where they are signed in. Who is signed out sees the way to sign in.
 */
export function UserProfile() {
  return (
    <EntranceRoot name="user-profile">
      <ProfileOnPage />
    </EntranceRoot>
  );
}

function ProfileOnPage() {
  const { loadError, reload } = useProvider();
  const { loaded } = useSnapshot();
  const busy = <BusyCard />;
  if (!loaded && !loadError) return busy;
  return (
    <Arriving fallback={busy}>
      {loaded ? <Profile /> : <RetryCard error={loadError} onRetry={reload} />}
    </Arriving>
  );
}
