import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { drawQr } from './draw-qr.ts';

test.each(['otpauth://totp/Box:ada@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Box', 'a'])(
  'the path covers the dark squares of %s, and no others',
  (text) => {
    const { size, path } = drawQr(text);
    const drawn = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
    for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\1z/g)) {
      drawn[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
    }
    expect(drawn).toEqual(encode(text, { ecc: 'M', border: 4 }).data);
    expect(path.replaceAll(/M\d+ \d+h\d+v1H\d+z/g, '')).toBe('');
    expect(drawn.slice(0, 4).flat()).not.toContain(true);
  },
);
