import type { World } from '../world.ts';
import { type Agent, type AuditCut, auditEntry } from './audit-log.ts';
import { isGenuineAnchor, judgeLine } from './verify.ts';

/** How the lines of this time and older are taken away. Each cut has a line that tells of it. */
export function draftCut(world: World, by: Agent, until: number): AuditCut {
  return {
    until,
    now: world.clock.now(),
    isGenuine: (anchor) => isGenuineAnchor(world, anchor),
    isWhole: (line, before) => judgeLine(world, line, before).length === 0,
    entryFor: ({ number, at }, count) =>
      auditEntry(world, by, {
        action: 'audit_log.shortened',
        subjectId: world.instance.id,
        detail: { count, last_number: number, last_at: at },
      }),
  };
}
