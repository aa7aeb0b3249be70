/** A secret whose way is followed. */
export interface Mark {
  /** What it is, as the hits name it. */
  readonly kind: string;
  readonly text: string;
}

/** Something that may hold a secret: a file, a part of an answer, lines of a log. */
export interface Place {
  readonly name: string;
  readonly bytes: Buffer;
}

/** What one form of a secret looks like, byte by byte. */
interface Form {
  readonly kind: string;
  readonly bytes: string;
}

/** As many bytes of a form are looked up before it is compared: no form is shorter. */
const keyLength = 6;

/** Where which kind of secret was found: `<kind> in <place>`, each once, sorted. */
export function findMarks(marks: readonly Mark[], places: readonly Place[]): readonly string[] {
  // All forms are looked for at once: there are thousands of them in the nightly run.
  const byKey = new Map<string, Form[]>();
  for (const { kind, text } of marks) {
    for (const bytes of formsOf(text).map((form) => form.toString('latin1'))) {
      const key = bytes.slice(0, keyLength);
      byKey.set(key, [...(byKey.get(key) ?? []), { kind, bytes }]);
    }
  }
  const hits = new Set<string>();
  for (const { name, bytes } of places) {
    const held = bytes.toString('latin1');
    for (let at = 0; at + keyLength <= held.length; at += 1) {
      for (const form of byKey.get(held.slice(at, at + keyLength)) ?? [])
        if (isAt(held, at, form)) hits.add(`${form.kind} in ${name}`);
    }
  }
  return [...hits].toSorted();
}

/** A number of few digits may be part of a longer one by chance, or of an id. */
function isAt(held: string, at: number, { bytes }: Form): boolean {
  if (!held.startsWith(bytes, at)) return false;
  if (!/^\d+$/.test(bytes)) return true;
  const end = at + bytes.length;
  return !/\d/.test(held.charAt(at - 1) + held.charAt(end)) && !isInId(held, at, end);
}

/** What we draw to name things: 26 characters of base32 behind a kind, or 128 bits in hex. */
const ids = /(?<=_)[\da-hjkmnp-tv-z]{26}|(?<![\da-f])[\da-f]{32}(?![\da-f])/g;

function isInId(held: string, from: number, to: number): boolean {
  const start = Math.max(0, from - 33);
  return [...held.slice(start, to + 33).matchAll(ids)].some(
    ({ index, 0: id }) => start + index <= from && to <= start + index + id.length,
  );
}

/**
 * How a secret may be written: as it is, in an address, in UTF-16, in hex, inside base64 at any
 * offset (tokens and sealed texts carry JSON in it); and the bytes that base64url stands for.
 */
export function formsOf(text: string): readonly Buffer[] {
  const plain = Buffer.from(text);
  const written = [
    text,
    encodeURIComponent(text),
    plain.toString('hex'),
    plain.toString('hex').toUpperCase(),
    ...[0, 1, 2].flatMap((offset) => insideBase64(plain, offset)),
  ];
  const decoded = Buffer.from(text, 'base64url');
  const isBase64 = text.length > 20 && decoded.toString('base64url') === text;
  return [
    ...[...new Set(written)].map((form) => Buffer.from(form)),
    Buffer.from(text, 'utf16le'),
    ...(isBase64 ? [decoded, Buffer.from(decoded.toString('hex'))] : []),
  ];
}

/** The characters that do not depend on what stands before and behind it. */
function insideBase64(plain: Buffer, offset: number): string[] {
  const shifted = Buffer.concat([Buffer.alloc(offset), plain]);
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor((shifted.length * 8) / 6);
  return (['base64', 'base64url'] as const).map((form) =>
    shifted.toString(form).slice(first, last),
  );
}
