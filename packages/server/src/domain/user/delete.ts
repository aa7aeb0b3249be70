import { type Agent, auditEntry } from '../audit-log/audit-log.ts';
import type { World } from '../world.ts';

/** Erases a user and everything personal; the audit log keeps the bare id. `false` where there is no such user. */
export function deleteUser(world: World, id: string, by: Agent): Promise<boolean> {
  // The line of the end tells nothing of the person, not even from where it came.
  const agent = { kind: by.kind, id: by.id };
  const entry = auditEntry(world, agent, { action: 'user.deleted', subjectId: id, userId: id });
  return world.store.users.delete(id, world.clock.now(), entry);
}
