import type { User } from '@willcall/browser';
import { MenuButton } from '../menu/menu-button.tsx';
import { fill } from '../messages/fill.ts';
import { useMessages } from '../messages/use-messages.ts';
import { Avatar } from '../user/avatar.tsx';
import { nameOf } from '../user/name.ts';
import { UserMenu } from './menu.tsx';
import styles from './user-button.module.css';

interface OwnButtonProps {
  readonly user: User;
  readonly userProfileUrl: string | undefined;
}

/** The button of the person who is signed in, and the menu that it opens. */
export default function OwnButton({ user, userProfileUrl }: OwnButtonProps) {
  const label = fill(useMessages().userButton.open, { name: nameOf(user) });
  return (
    <MenuButton label={label} className={styles.button} face={<Avatar user={user} />}>
      {(menu) => <UserMenu {...{ user, userProfileUrl }} {...menu} />}
    </MenuButton>
  );
}
