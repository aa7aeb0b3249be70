import { Arriving } from '../entrance/arriving.tsx';
import { lazyPart } from '../entrance/lazy-part.tsx';
import { Root } from '../look/root.tsx';
import { useSnapshot } from '../provider/context.ts';
import styles from './switcher.module.css';

export interface OrganizationSwitcherProps {
  /**
   * Whether going on without an organization is no choice. Default: whether the instance
   * forces everybody to have one.
   */
  readonly hidePersonal?: boolean | undefined;
}

// Apart from what a ticket needs, as the forms are.
const Switcher = lazyPart(() => import('./switcher.tsx'));

/**
 * The organization that the session speaks for, and the menu that changes it: the next
 * session token carries the choice in its claim `o`. Draws nothing when nobody is signed in.
 */
export function OrganizationSwitcher(props: OrganizationSwitcherProps) {
  const { loaded, session, environment } = useSnapshot();
  const { hidePersonal = environment?.isOrganizationForced === true } = props;
  if (loaded && session?.status !== 'active') return null;
  const room = <span className={styles.room} />;
  return (
    <Root name="organization-switcher" className={styles.anchor}>
      {session ? (
        <Arriving fallback={room}>
          <Switcher key={session.user.id} {...{ session, hidePersonal }} />
        </Arriving>
      ) : (
        room
      )}
    </Root>
  );
}
