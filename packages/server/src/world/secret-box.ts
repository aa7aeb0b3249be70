import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** What the instance secret is good for: sealing what is stored, and keyed hashes. */
export interface SecretBox {
  /** Encrypts with AES-256-GCM (NIST SP 800-38D); base64url of nonce, tag and text. */
  seal(purpose: string, text: string): string;
  /** Throws when the text was sealed with another secret, for another purpose, or changed. */
  open(purpose: string, sealed: string): string;
  /** HMAC-SHA-256, base64url. */
  mac(purpose: string, text: string): string;
}

const nonceBytes = 12;
const tagBytes = 16;

/** Derives a key for each purpose from the instance secret (HKDF, RFC 5869). */
export function openSecretBox(secret: string): SecretBox {
  const keys = new Map<string, KeyObject>();
  const keyFor = (purpose: string): KeyObject => {
    const known = keys.get(purpose);
    if (known) return known;
    // Bytes would be made a key anew at each use, which costs more than the hash.
    const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'willcall', purpose, 32)));
    keys.set(purpose, key);
    return key;
  };
  return {
    seal(purpose, text) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(purpose, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv(
        'aes-256-gcm',
        keyFor(purpose),
        bytes.subarray(0, nonceBytes),
        {
          authTagLength: tagBytes,
        },
      );
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      const body = bytes.subarray(nonceBytes + tagBytes);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
    mac: (purpose, text) => createHmac('sha256', keyFor(purpose)).update(text).digest('base64url'),
  };
}
