import { expect, test } from 'vitest';
import { writeAge } from './write-age.ts';

const minute = 60_000;
const now = Date.UTC(2030, 0, 1);

test.each([
  [0, 'en', 'now'],
  [59_999, 'en', 'now'],
  [-minute, 'en', 'now'],
  [minute, 'en', '1 minute ago'],
  [59 * minute, 'en', '59 minutes ago'],
  [60 * minute, 'en', '1 hour ago'],
  [24 * 60 * minute, 'en', 'yesterday'],
  [400 * 24 * 60 * minute, 'en', '400 days ago'],
  [5 * minute, 'de', 'vor 5 Minuten'],
])('%i ms ago in %s is "%s"', (age, language, text) => {
  expect(writeAge(now - age, now, language)).toBe(text);
});
