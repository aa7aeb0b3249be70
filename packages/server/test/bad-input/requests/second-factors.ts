import type { GoodRequests } from '../good-request.ts';
import type { Scene } from '../scene.ts';

const user = ({ guardedUserId }: Scene) => ({ path: { userId: guardedUserId } });
const mine = { cookie: 'guarded', query: { _clerk_session_id: '' } } as const;

/** Authenticator apps and backup codes of both APIs. */
export const secondFactorRequests: GoodRequests = {
  'POST /v1/users/:userId/verify_totp': ({ guardedUserId, totpCode }) => ({
    path: { userId: guardedUserId },
    body: { code: totpCode },
  }),
  'DELETE /v1/users/:userId/mfa': user,
  'DELETE /v1/users/:userId/totp': user,
  'DELETE /v1/users/:userId/backup_code': user,
  'POST /v1/me/totp': () => ({ ...mine, cookie: 'signedIn' }),
  'POST /v1/me/totp/attempt_verification': ({ enrollingCode }) => ({
    ...mine,
    cookie: 'enrolling',
    body: { code: enrollingCode },
  }),
  'DELETE /v1/me/totp': () => mine,
  'POST /v1/me/backup_codes': () => mine,
};
