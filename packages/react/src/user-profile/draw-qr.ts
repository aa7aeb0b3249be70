import { encode } from 'uqr';

/** A QR code as an SVG path of unit squares, with the quiet zone that scanners need around it. */
export interface QrPath {
  /** How many units it is wide and high. */
  readonly size: number;
  readonly path: string;
}

/** Draws a text as a QR code. One stroke for each run of dark squares in a row. */
export function drawQr(text: string): QrPath {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  let path = '';
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < size; x += 1) {
      if (!row[x]) continue;
      let end = x;
      while (row[end]) end += 1;
      path += `M${x} ${y}h${end - x}v1H${x}z`;
      x = end;
    }
  }
  return { size, path };
}
