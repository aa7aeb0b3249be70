import type { Caller } from '../client/identify.ts';
import { isId } from '../id.ts';
import type { EndingStatus, Session } from '../session/session.ts';
import type { World } from '../world.ts';
import { type Agent, type AuditEntry, auditEntry } from './audit-log.ts';

/**
 * The line of a session that opens: of its ticket, where one opened it. An impersonation names
 * both, whom it is about and who acts.
 *
 * @param ticketId the token or the invitation
 */
export function sessionEntry(
  world: World,
  caller: Pick<Caller, 'network' | 'device'>,
  session: Session,
  ticketId: string | undefined,
): AuditEntry {
  const { id, userId, actor, strategy } = session;
  return auditEntry(world, agentOfSession(session, caller.network), {
    action: ticketId === undefined ? 'session.created' : 'ticket.redeemed',
    subjectId: ticketId ?? id,
    userId,
    detail: { session_id: id, strategy },
    personal: { device: caller.device, actor: actor?.sub },
  });
}

/** The line of a session that somebody ends: `session.revoked` from elsewhere, else `session.ended`. */
export function sessionEndEntry(
  world: World,
  by: Agent,
  { id, userId }: Pick<Session, 'id' | 'userId'>,
  status: EndingStatus,
): AuditEntry {
  return auditEntry(world, by, {
    action: status === 'revoked' ? 'session.revoked' : 'session.ended',
    subjectId: id,
    userId,
    detail: { status },
  });
}

/** Who uses a session: its user, or who acts as that user. A name that is no id of ours is personal, and stands elsewhere. */
export function agentOfSession(
  { userId, actor }: Pick<Session, 'userId' | 'actor'>,
  network: string | undefined,
): Agent {
  if (!actor) return { kind: 'user', id: userId, network };
  return { kind: 'actor', id: isId('user', actor.sub) ? actor.sub : undefined, network };
}
