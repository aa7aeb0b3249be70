import { expect, test } from 'vitest';
import { isOldForTools, isUsable } from './own-node.mjs';

test.each([
  ['20.0.0', true, false],
  ['20.18.3', true, false],
  ['20.19.0', false, false],
  ['21.7.0', true, false],
  ['22.11.0', true, false],
  ['22.12.0', false, false],
  ['22.22.0', false, false],
  ['22.23.0', false, true],
  ['23.11.0', false, false],
  ['24.17.0', false, false],
  ['24.18.0', false, true],
  ['26.0.0', false, true],
])('Node %s is old for the tools: %s, runs the project: %s', (version, old, usable) => {
  expect(isOldForTools(version)).toBe(old);
  expect(isUsable(version)).toBe(usable);
});
