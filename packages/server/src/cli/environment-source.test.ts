import { expect, test } from 'vitest';
import { readEnvironmentSource } from './environment-source.ts';
import { Failure } from './failure.ts';

// Node may look for the file before us; what it lets pass is told here.
test.each([
  ['nowhere/nope.env', 'There is no file nowhere/nope.env. Check --env-file.'],
  ['package.json/nope.env', 'There is no file package.json/nope.env. Check --env-file.'],
  ['.', '. is a folder and no file. Check --env-file.'],
])('the environment cannot be read from %s', (place, sentence) => {
  expect(() => readEnvironmentSource(place)).toThrow(new Failure(sentence));
});
