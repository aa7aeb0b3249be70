import { Arriving } from '../entrance/arriving.tsx';
import { lazyPart } from '../entrance/lazy-part.tsx';
import { Root } from '../look/root.tsx';
import { useSnapshot } from '../provider/context.ts';

// Apart from what a ticket needs, as the forms are.
const Banner = lazyPart(() => import('./banner.tsx'));

/**
 * Tells that somebody is acting as this person: who, as whom, how long still, and a button
 * that stops it and gives the session before back. A bar in the flow of the page, which hides
 * nothing. Draws nothing else.
 */
export function ImpersonationBanner() {
  const { session } = useSnapshot();
  if (!session?.actor) return null;
  return (
    <Root name="impersonation-banner">
      <Arriving fallback={null}>
        <Banner session={session} />
      </Arriving>
    </Root>
  );
}
