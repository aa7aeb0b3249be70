import type { User } from '@willcall/browser';

/** How a person is called here: full name, else e-mail address, else user name. */
export function nameOf(user: User): string {
  return user.fullName ?? user.primaryEmailAddress?.emailAddress ?? user.username ?? user.id;
}

/** What stands for a person in little room: the first letters of both names, else of {@link nameOf}. */
export function initialsOf(user: User): string {
  const names = [user.firstName, user.lastName].filter((name) => name !== undefined && name !== '');
  const letters = (names.length > 0 ? names : [nameOf(user)]).map((name) =>
    firstLetter(name ?? ''),
  );
  return letters.join('').toLocaleUpperCase();
}

/** A letter with its accents, or a whole emoji: what people count as one. */
function firstLetter(text: string): string {
  for (const { segment } of new Intl.Segmenter().segment(text.trim())) return segment;
  return '';
}
