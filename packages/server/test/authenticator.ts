import { TOTP } from 'otpauth';
import type { BackupCodesJSON, TotpJSON, UserJSON } from '@willcall/contract';
import type { Browser } from './browser.ts';
import type { TestClock } from './service.ts';

/** What a person's authenticator app shows. `offset`: that many steps from now. */
export function codeOf(secret: string, clock: TestClock, offset = 0): string {
  return new TOTP({ secret }).generate({ timestamp: clock.now() + offset * 30_000 });
}

/** A code that the app shows at no time near now. */
export function wrongCodeOf(secret: string, clock: TestClock): string {
  const near = [-2, -1, 0, 1, 2].map((offset) => codeOf(secret, clock, offset));
  const wrong = ['000000', '111111', '222222', '333333', '444444', '555555'].find(
    (code) => !near.includes(code),
  );
  if (wrong === undefined) throw new Error('every code is right');
  return wrong;
}

/** Enrols an app in a signed-in browser. A step later, so that its next code is fresh. */
export async function enrol(
  browser: Browser,
  clock: TestClock,
): Promise<{ secret: string; backupCodes: string[] }> {
  const begun = await browser.post<TotpJSON>('/v1/me/totp');
  const secret = begun.body.response.secret ?? '';
  const verified = await browser.post<TotpJSON>('/v1/me/totp/attempt_verification', {
    code: codeOf(secret, clock),
  });
  const backupCodes = verified.body.response.backup_codes;
  if (!backupCodes) throw new Error(`no app was enrolled: ${verified.text}`);
  clock.advance(60_000);
  return { secret, backupCodes };
}

/** The signed-in person as the browser sees it. */
export async function me(browser: Browser): Promise<UserJSON> {
  return (await browser.get<UserJSON>('/v1/me')).body.response;
}

/** New backup codes in a signed-in browser. */
export async function renewBackupCodes(browser: Browser): Promise<string[]> {
  return (await browser.post<BackupCodesJSON>('/v1/me/backup_codes')).body.response.codes;
}
