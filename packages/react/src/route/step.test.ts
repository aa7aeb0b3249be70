import { expect, test } from 'vitest';
import { readParameter } from './parameter.ts';
import { readStep, writeStep, type Routing } from './step.ts';

const below: Routing = { kind: 'path', path: '/sign-in' };
const hash: Routing = { kind: 'hash' };
const at = (path: string) => new URL(path, 'https://app.example');

test.each([
  [below, '/sign-in', ''],
  [below, '/sign-in/', ''],
  [below, '/sign-in/code', 'code'],
  [below, '/sign-in/code/?a=b#/password', 'code'],
  [below, '/sign-in-here/code', ''],
  [below, '/elsewhere', ''],
  [{ kind: 'path', path: '/' }, '/code', 'code'],
  [{ kind: 'path', path: 'a/b/' }, '/a/b/code', 'code'],
  [hash, '/page/code', ''],
  [hash, '/page#/code', 'code'],
  [hash, '/page#/code?redirect_url=%2Fx', 'code'],
  [hash, '/page#?__clerk_ticket=T', ''],
  [hash, '/page#heading', ''],
] as const)('%j at %s stands at step "%s"', (routing, path, step) => {
  expect(readStep(routing, at(path))).toBe(step);
});

test.each([
  [below, '/sign-in', 'code', '/sign-in/code'],
  [below, '/sign-in/code?a=b#c', '', '/sign-in?a=b#c'],
  [{ kind: 'path', path: '/' }, '/?a=b', 'code', '/code?a=b'],
  [{ kind: 'path', path: '/' }, '/code', '', '/'],
  [hash, '/page?a=b', 'code', '/page?a=b#/code'],
  [hash, '/page#?redirect_url=%2Fx', 'code', '/page#/code?redirect_url=%2Fx'],
  [hash, '/page#/code', '', '/page'],
] as const)('%j at %s goes on to "%s" at %s', (routing, path, step, href) => {
  expect(writeStep(routing, at(path), step)).toBe(href);
});

test('a step that was written is read again', () => {
  for (const routing of [below, hash]) {
    const href = writeStep(routing, at('/sign-in?redirect_url=%2Fx'), 'new-password');
    expect(readStep(routing, at(href))).toBe('new-password');
    expect(readParameter(at(href), 'redirect_url')).toBe('/x');
  }
});

test('a parameter is read from the query, or from the query inside the hash', () => {
  expect(readParameter(at('/?redirect_url=%2Fa#/?redirect_url=%2Fb'), 'redirect_url')).toBe('/a');
  expect(readParameter(at('/#/step?redirect_url=%2Fb'), 'redirect_url')).toBe('/b');
  expect(readParameter(at('/#?redirect_url=%2Fb'), 'redirect_url')).toBe('/b');
  expect(readParameter(at('/#redirect_url=%2Fb'), 'redirect_url')).toBeUndefined();
});
