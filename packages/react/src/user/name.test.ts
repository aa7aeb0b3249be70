import type { User } from '@willcall/browser';
import { expect, test } from 'vitest';
import { initialsOf, nameOf } from './name.ts';

const absent = {
  firstName: undefined,
  lastName: undefined,
  fullName: undefined,
  username: undefined,
};
const person = (fields: Partial<User>) => ({ ...absent, id: 'user_1', ...fields }) as User;
const address = (emailAddress: string) =>
  ({ primaryEmailAddress: { emailAddress } }) as Partial<User>;

test.each([
  [{ firstName: 'Ada', lastName: 'Lovelace', fullName: 'Ada Lovelace' }, 'Ada Lovelace', 'AL'],
  [{ firstName: 'Ada', fullName: 'Ada', ...address('a@example.com') }, 'Ada', 'A'],
  [address('grace@example.com'), 'grace@example.com', 'G'],
  [{ username: 'kay' }, 'kay', 'K'],
  [{}, 'user_1', 'U'],
  [{ firstName: ' é́mile', fullName: 'x' }, 'x', 'É́'],
  [{ firstName: '👩‍🚀 Sally', lastName: '', fullName: '👩‍🚀 Sally' }, '👩‍🚀 Sally', '👩‍🚀'],
])('%j is called %s, in short %s', (fields: Partial<User>, name, initials) => {
  expect(nameOf(person(fields))).toBe(name);
  expect(initialsOf(person(fields))).toBe(initials);
});
