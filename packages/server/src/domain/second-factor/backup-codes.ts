import type { World } from '../world.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const codeLength = 10;
const codeCount = 10;

/** Ten codes of 50 random bits each. They are shown once; the store keeps their hashes. */
export function newBackupCodes(world: Pick<World, 'randomBytes'>): readonly string[] {
  return Array.from({ length: codeCount }, () =>
    // 256 is a multiple of 32: every letter is equally likely.
    Array.from(world.randomBytes(codeLength), (byte) => alphabet.charAt(byte % 32)).join(''),
  );
}

/** Too short for a plain hash: an HMAC with the instance secret, another for each user. */
export function hashBackupCode(world: World, userId: string, code: string): string {
  return world.pepper('backup code', `${userId}:${normalize(code)}`);
}

/** People write codes as they read them: case, spaces and dashes do not matter. */
function normalize(code: string): string {
  return code.replaceAll(/[\s-]/g, '').toLowerCase();
}
