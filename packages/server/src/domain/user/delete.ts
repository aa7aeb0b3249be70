import { type Agent, auditEntry } from '../audit-log/audit-log.ts';
import type { World } from '../world.ts';

/**
 * Erases a user and everything personal; the audit log keeps the bare id. `false` where there is no
 * such user.
 *
 * @param ownSessionId of a person who asks for it: it ends with the account, and not before
 */
export function deleteUser(
  world: World,
  id: string,
  by: Agent,
  ownSessionId?: string,
): Promise<boolean> {
  // The lines of the end tell nothing of the person, not even where they came from.
  const agent = { kind: by.kind, id: by.id };
  return world.store.users.delete(id, {
    at: world.clock.now(),
    ownSessionId,
    entryFor: (action) => auditEntry(world, agent, { action, subjectId: id, userId: id }),
  });
}
