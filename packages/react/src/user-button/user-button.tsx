import { Arriving } from '../entrance/arriving.tsx';
import { lazyPart } from '../entrance/lazy-part.tsx';
import { Root } from '../look/root.tsx';
import { useSnapshot } from '../provider/context.ts';
import styles from './user-button.module.css';

export interface UserButtonProps {
  /** The page with `<UserProfile/>`. Default: the provider's, else the instance's. */
  readonly userProfileUrl?: string | undefined;
}

// Apart from what a ticket needs, as the forms are.
const OwnButton = lazyPart(() => import('./own-button.tsx'));

/**
 * A round button with the person's initials; its menu says who is signed in, leads to the
 * account and signs out, then goes to the provider's `afterSignOutUrl`. Keeps its room until
 * it is known who is signed in; draws nothing when nobody is.
 */
export function UserButton({ userProfileUrl }: UserButtonProps) {
  const { loaded, user } = useSnapshot();
  if (loaded && !user) return null;
  const room = <span className={styles.room} />;
  return (
    <Root name="user-button" className={styles.anchor}>
      {user ? (
        <Arriving fallback={room}>
          <OwnButton {...{ user, userProfileUrl }} />
        </Arriving>
      ) : (
        room
      )}
    </Root>
  );
}
