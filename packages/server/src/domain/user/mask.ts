import { primaryEmailAddress, type User } from './user.ts';

/** As many stars in place of any number of letters: a length would tell something, and break lines. */
const hidden = '***';

/** What an account is told by, to whoever is signed in to it: its address, else a name. */
export function nameAccount(user: User): string {
  return primaryEmailAddress(user)?.value ?? user.username ?? user.firstName ?? user.id;
}

/** Enough of it to be recognised by its owner. */
export function maskAccount(user: User): string {
  const isByAddress = primaryEmailAddress(user) !== undefined;
  return isByAddress ? maskEmailAddress(nameAccount(user)) : maskName(nameAccount(user));
}

/** Shows enough of an address to be recognised by its owner: `g***e@e***.com`, never longer than its last label asks for. */
export function maskEmailAddress(address: string): string {
  const [local = '', domain = ''] = address.split('@');
  const dot = domain.lastIndexOf('.');
  const [name, ending] = dot > 0 ? [domain.slice(0, dot), domain.slice(dot)] : [domain, ''];
  return `${maskName(local)}@${firstLetter(name)}${hidden}${ending}`;
}

/** The first letter and, so that two people look alike less often, the last one of four or more. */
function maskName(name: string): string {
  const letters = Array.from(name);
  return firstLetter(name) + hidden + (letters.length >= 4 ? letters.at(-1) : '');
}

function firstLetter(text: string): string {
  return Array.from(text)[0] ?? '';
}
