import { type Agent, auditEntry } from '../audit-log/audit-log.ts';
import { notFound } from '../refusal.ts';
import type { World } from '../world.ts';
import type { User } from './user.ts';

/** Bans a user, which ends every session in the same transaction; or lifts the ban. */
export async function setUserBan(
  world: World,
  id: string,
  isBanned: boolean,
  by: Agent,
): Promise<User> {
  const now = world.clock.now();
  const action = isBanned ? 'user.banned' : 'user.unbanned';
  const entry = auditEntry(world, by, { action, subjectId: id, userId: id });
  const user = isBanned
    ? await world.store.users.ban(id, now, entry)
    : await world.store.users.update(id, { isBanned: false, updatedAt: now }, { entry });
  if (!user) throw notFound('user');
  return user;
}

/** Locks a user for the instance's lockout time; or opens the account and forgets wrong tries. */
export async function setUserLock(
  world: World,
  id: string,
  isLocked: boolean,
  by: Agent,
): Promise<User> {
  const now = world.clock.now();
  const lockedUntil = isLocked ? now + world.instance.settings.lockoutSeconds * 1000 : undefined;
  const action = isLocked ? 'user.locked' : 'user.unlocked';
  const entry = auditEntry(world, by, { action, subjectId: id, userId: id });
  const change = { lockedUntil, failedAttempts: 0, updatedAt: now };
  const user = await world.store.users.update(id, change, { entry });
  if (!user) throw notFound('user');
  return user;
}
