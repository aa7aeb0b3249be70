import { useState } from 'react';
import type { User } from '@willcall/browser';
import { useSignOut } from '../destination/use-sign-out.ts';
import { describeError } from '../errors/describe.ts';
import { useFollow } from '../link/page-link.tsx';
import { profileLink } from '../link/page-links.ts';
import { ErrorNotice } from '../look/notice.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { useProvider, useSnapshot } from '../provider/context.ts';
import { nameOf } from '../user/name.ts';
import type { OpenMenu } from '../menu/menu-button.tsx';
import { MenuItems } from '../menu/menu-items.tsx';
import styles from './user-button.module.css';

interface UserMenuProps extends OpenMenu {
  readonly user: User;
  readonly userProfileUrl: string | undefined;
}

/** Who is signed in, and what they can do. */
export function UserMenu({ user, userProfileUrl, start, onDone }: UserMenuProps) {
  const { settings } = useProvider();
  const messages = useMessages();
  const { environment } = useSnapshot();
  const { signOut, problem } = useMenuSignOut();
  const profileHref = profileLink(userProfileUrl, settings, environment);
  const follow = useFollow(profileHref);
  const email = user.primaryEmailAddress?.emailAddress;
  const name = nameOf(user);
  return (
    <div className={styles.panel}>
      <div className={styles.who}>
        <p className={styles.name}>{name}</p>
        {email !== undefined && email !== name ? <p className={styles.email}>{email}</p> : null}
      </div>
      {problem === undefined ? null : <ErrorNotice>{problem}</ErrorNotice>}
      <MenuItems label={messages.userButton.menu} {...{ start, onDone }}>
        <a
          role="menuitem"
          tabIndex={-1}
          className={styles.item}
          href={profileHref}
          onClick={(event) => {
            follow(event);
            onDone();
          }}
        >
          {messages.userButton.profile}
        </a>
        <button
          type="button"
          role="menuitem"
          tabIndex={-1}
          className={styles.item}
          onClick={signOut}
        >
          {messages.userButton.signOut}
        </button>
      </MenuItems>
    </div>
  );
}

function useMenuSignOut() {
  const messages = useMessages();
  const signOut = useSignOut();
  const [problem, setProblem] = useState<string>();
  return {
    problem,
    signOut: () =>
      void signOut().catch((error: unknown) => setProblem(describeError(messages, error))),
  };
}
