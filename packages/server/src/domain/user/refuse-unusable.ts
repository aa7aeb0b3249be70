import { Refusal } from '../refusal.ts';
import { isLocked, type Standing } from './user.ts';

/** Refuses a banned (`user_banned`) or locked (`user_locked`) user; else does nothing. */
export function refuseUnusable(user: Standing, now: number): void {
  if (user.isBanned) {
    throw new Refusal(
      'user_banned',
      'This account has been banned. Ask the operator of the application.',
    );
  }
  if (isLocked(user, now)) throw lockedRefusal(user, now);
}

function lockedRefusal(user: Standing, now: number): Refusal {
  const seconds = Math.ceil(((user.lockedUntil ?? now) - now) / 1000);
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  return new Refusal(
    'user_locked',
    `This account is locked. It opens again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    { lockout_expires_in_seconds: seconds },
  );
}
