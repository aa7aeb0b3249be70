import { expect, test } from 'vitest';
import { fill } from './fill.ts';

test('placeholders are filled in wherever they stand, once or twice', () => {
  expect(fill('{actor} is acting as {user}.', { actor: 'Ada', user: 'Grace' })).toBe(
    'Ada is acting as Grace.',
  );
  expect(fill('{name}, {name}', { name: 8 })).toBe('8, 8');
});

test('what is filled in is not looked at again', () => {
  expect(fill('{a} {b}', { a: '{b}', b: '$&' })).toBe('{b} $&');
});

test('a placeholder without a value stays, so that it is seen', () => {
  const text: string = 'To {address}.';
  expect(fill(text, {})).toBe('To {address}.');
});
