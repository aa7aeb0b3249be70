import { primaryEmailAddress, type User } from './user.ts';

/** As many stars in place of any number of letters: a length would tell something, and break lines. */
const hidden = '***';

/** Enough of an account to be recognised by its owner: by its address, else by a name. */
export function maskAccount(user: User): string {
  const address = primaryEmailAddress(user)?.value;
  if (address !== undefined) return maskEmailAddress(address);
  return maskName(user.username ?? user.firstName ?? user.id);
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
