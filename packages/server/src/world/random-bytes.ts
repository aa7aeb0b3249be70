import { randomFillSync } from 'node:crypto';

const poolSize = 4096;
const pool = Buffer.allocUnsafeSlow(poolSize);
let next = poolSize;

/**
 * Bytes of the cryptographically secure source, which is read a page at a time: a read costs
 * ten times what so few bytes do. What was handed out is wiped from the page.
 */
export function randomBytes(count: number): Uint8Array {
  if (count > poolSize) return randomFillSync(new Uint8Array(count));
  if (next + count > poolSize) {
    randomFillSync(pool);
    next = 0;
  }
  const bytes = Uint8Array.prototype.slice.call(pool, next, next + count);
  pool.fill(0, next, next + count);
  next += count;
  return bytes;
}
