import type { User } from '@willcall/browser';
import styles from './avatar.module.css';
import { initialsOf } from './name.ts';

/** A person's picture, else the initials. For the eye only: the name stands beside it. */
export function Avatar({ user }: { readonly user: User }) {
  if (user.hasImage) return <img className={styles.avatar} src={user.imageUrl} alt="" />;
  // Drawn by the style: as text they would be part of what a button around them is called.
  return <span className={styles.avatar} data-initials={initialsOf(user)} />;
}
