import type { Environment } from '@willcall/browser';
import { expect, test } from 'vitest';
import { combinesSignUp } from './combines.ts';

const instance = (signUpUrl: string | undefined) =>
  ({ signUpUrl, hostedPagesUrl: 'https://auth.example' }) as Environment;
const hosted = instance('https://auth.example/sign-up');

test.each([
  ['withSignUp', { withSignUp: true, signUpUrl: '/sign-up' }, {}, undefined, true],
  ['withSignUp={false}', { withSignUp: false }, {}, hosted, false],
  ['a page of the component', { signUpUrl: '/sign-up' }, {}, undefined, false],
  ['a page of the provider', {}, { signUpUrl: '/sign-up' }, undefined, false],
  ['a page of the instance', {}, {}, instance('https://app.example/join'), false],
  ['no page but the hosted one', {}, {}, hosted, true],
  ['no page at all', {}, {}, instance(undefined), true],
  ['an instance that is not known yet', {}, {}, undefined, undefined],
])('with %s the flow is combined: %#', (_name, own, settings, environment, is) => {
  expect(combinesSignUp(own, settings, environment)).toBe(is);
});
