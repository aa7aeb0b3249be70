import { expect, test } from 'vitest';
import { createUserNames, updateUserNames, userListNames } from '../resources/user-fields.ts';
import { refuseNull, requireId } from './require.ts';
import { writeFields } from './write-fields.ts';
import { writeFilter } from './write-filter.ts';

test('names are translated and metadata keeps its own keys', () => {
  const publicMetadata = { favouriteColour: 'red', nested: { someKey: [{ otherKey: 1 }] } };
  const fields = writeFields('createUser', createUserNames, {
    emailAddress: ['a@example.com'],
    firstName: 'Anna',
    publicMetadata,
  });
  expect(fields).toEqual({
    email_address: ['a@example.com'],
    first_name: 'Anna',
    public_metadata: publicMetadata,
  });
});

test('undefined is left out and null is kept', () => {
  expect(
    writeFields('updateUser', updateUserNames, { firstName: null, lastName: undefined }),
  ).toEqual({ first_name: null });
});

test('every argument has its name in snake case', () => {
  const names = Object.entries({ ...createUserNames, ...updateUserNames, ...userListNames });
  expect(names.length).toBeGreaterThan(30);
  for (const [argument, name] of names) {
    expect(name).toBe(argument.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  }
});

test.each(['userID', 'toString', '__proto__', 'constructor'])(
  'the unknown argument %s is a TypeError that names it',
  (name) => {
    const params = JSON.parse(`{"${name}": "x"}`) as object;
    expect(() => writeFields('getUserList', userListNames, params)).toThrow(TypeError);
    expect(() => writeFields('getUserList', userListNames, params)).toThrow(name);
  },
);

test.each([
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [10n, 'a bigint'],
  [() => 1, 'a function'],
  [Symbol('none'), 'a symbol'],
  [{ deep: [{ limit: Number.NaN }] }, 'NaN'],
])('a value that JSON does not have is a TypeError and not left out: %s', (value, found) => {
  const params = { publicMetadata: value } as object;
  const write = () => writeFields('updateUser', updateUserNames, params);
  expect(write).toThrow(TypeError);
  expect(write).toThrow(`updateUser: publicMetadata has ${found}, which cannot be sent.`);
});

test('null is a TypeError where no argument takes it, and undefined is left out', () => {
  expect(() => refuseNull('getToken', { expiresInSeconds: null })).toThrow(TypeError);
  expect(() => refuseNull('getToken', { expiresInSeconds: null })).toThrow(
    'getToken: expiresInSeconds is null',
  );
  expect(() => refuseNull('getToken', { expiresInSeconds: undefined })).not.toThrow();
});

test.each([[''], [[]], [['']], [[null]], [null]])(
  'the empty filter %j is refused, for it would answer everybody',
  (value) => {
    const params = { emailAddress: value as string[] };
    expect(() => writeFilter('getUserList', userListNames, params)).toThrow(
      'emailAddress is empty',
    );
  },
);

test.each(['', '..', '.', 'a/b', 'a?b', 'a%2Fb', 'ä', ' ', undefined, null, 7, {}])(
  '%j is no id for a path',
  (id) => {
    expect(() => requireId('getUser', 'userId', id)).toThrow('getUser: userId must be an id');
  },
);

test('an id passes', () => {
  expect(requireId('getUser', 'userId', 'user_2aB-c')).toBe('user_2aB-c');
});
