import { expect, test } from 'vitest';
import { placeOf } from './postgres-check.ts';

test.each([
  ['postgresql://u:hidden@db.example.com/w', 'PostgreSQL at db.example.com:5432 (database w)'],
  ['postgresql://u:hidden@h:5433', 'PostgreSQL at h:5433'],
  ['postgresql://u:hidden@h/w?port=5433', 'PostgreSQL at h:5433 (database w)'],
  ['postgresql:///w', 'PostgreSQL at localhost:5432 (database w)'],
  ['postgresql://u:hidden@[::1]:5433/w', 'PostgreSQL at [::1]:5433 (database w)'],
  ['postgresql://u:hidden@/w?host=/socket', 'PostgreSQL at /socket:5432 (database w)'],
  ['postgresql:///w?host=/cloud/a:b:c', 'PostgreSQL at /cloud/a:b:c:5432 (database w)'],
  ['postgresql://u:hidden@%2Fsocket/w', 'PostgreSQL at /socket:5432 (database w)'],
  ['postgresql://u:hidden@h/w%zz', 'PostgreSQL at h:5432 (database w%zz)'],
])('%s is called %s', (url, place) => {
  expect(placeOf(url)).toBe(place);
});
