import { expect, test } from 'vitest';
import { randomBytes } from './random-bytes.ts';

test('no bytes are handed out twice, across pages and beyond the size of one', () => {
  const seen = new Set<string>();
  let count = 0;
  for (const size of [16, 20, 30, 4000, 100, 4096, 9000]) {
    for (let at = 0; at < 300; at += 1) {
      const bytes = randomBytes(size);
      expect(bytes).toHaveLength(size);
      seen.add(Buffer.from(bytes.subarray(0, 16)).toString('hex'));
      count += 1;
    }
  }
  expect(seen.size).toBe(count);
});

test('what one caller does to its bytes changes no others', () => {
  const first = randomBytes(16);
  const second = randomBytes(16);
  const before = Buffer.from(second).toString('hex');
  first.fill(7);
  new Uint8Array(first.buffer).fill(7);
  expect(Buffer.from(second).toString('hex')).toBe(before);
  expect(Buffer.from(randomBytes(16)).every((byte) => byte === 7)).toBe(false);
});
