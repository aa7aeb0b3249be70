import { Secret, TOTP } from 'otpauth';
import type { Person, Server, UserFields } from './server.ts';

/** A user with an authenticator app, and with backup codes for the day without it. */
export interface CarefulPerson extends Person {
  /** What the app shows, so many steps of 30 seconds from now. */
  readonly code: (steps?: number) => string;
  readonly backupCodes: readonly string[];
}

/** Adds such a user, as the server of an app brings one along. */
export async function addCarefulUser(
  server: Server,
  fields: UserFields = {},
): Promise<CarefulPerson> {
  const person = await server.addUser(fields);
  const secret = new Secret({ size: 20 }).base32;
  const backupCodes = ['stalls-row-k', 'circle-row-a'];
  await server.call('PATCH', `/users/${person.user.id}`, {
    totp_secret: secret,
    backup_codes: backupCodes,
  });
  return { ...person, code: (steps) => codeOf(secret, steps), backupCodes };
}

/** What an authenticator app with this secret shows, so many steps from now. */
export function codeOf(secret: string, steps = 0): string {
  return new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });
}

/** A code that the app shows at no time near now. */
export function wrongCodeOf({ code }: CarefulPerson): string {
  const near = [-2, -1, 0, 1, 2].map((steps) => code(steps));
  return ['000000', '111111', '222222'].find((wrong) => !near.includes(wrong)) ?? '333333';
}
