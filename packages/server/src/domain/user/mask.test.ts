import { expect, test } from 'vitest';
import { maskAccount, maskEmailAddress } from './mask.ts';
import type { User } from './user.ts';

test.each([
  ['grace@example.com', 'g***e@e***.com'],
  ['ada@example.com', 'a***@e***.com'],
  ['a@example.com', 'a***@e***.com'],
  ['anna@mail.example.co.uk', 'a***a@m***.uk'],
  ['peter.paul+tag@intranet', 'p***g@i***'],
  [`${'x'.repeat(64)}@${'y'.repeat(60)}.museum`, 'x***x@y***.museum'],
])('%s is shown as %s', (address, shown) => {
  expect(maskEmailAddress(address)).toBe(shown);
});

test.each([
  [{ username: 'countess' }, 'c***s'],
  [{ firstName: 'Ève' }, 'È***'],
  [{ firstName: '𝒢race' }, '𝒢***e'],
  [{}, 'u***3'],
])('without an address %o is shown as %s', (names, shown) => {
  const user = { id: 'user_123', identifications: [], ...names } as unknown as User;
  expect(maskAccount(user)).toBe(shown);
});
