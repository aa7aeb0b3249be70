import type { AuditLineJSON, PageJSON } from '@willcall/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AuditLine } from '../../domain/audit-log/audit-log.ts';
import { sealAuditLog } from '../../domain/audit-log/verify.ts';
import { mapInTurns } from '../../domain/turns.ts';
import { answerAtLength } from '../long-answers.ts';
import { parse } from '../parse.ts';
import type { Service } from '../service.ts';
import { idField } from './fields.ts';
import { listsFor } from './lists.ts';

const listSchema = z.strictObject({
  user_id: idField.optional(),
  subject_id: idField.optional(),
  agent_id: idField.optional(),
  action: z.string().min(1).max(100).optional(),
  cursor: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(10),
});

/** `/v1/audit_log`: who did what and when, newest first. */
export function auditLogRoutes({ world }: Service, app: FastifyInstance): void {
  app.get('/v1/audit_log', async (request, reply) => {
    const query = parse(listSchema, request.query);
    const filter = {
      userId: query.user_id,
      subjectId: query.subject_id,
      agentId: query.agent_id,
      action: query.action,
      cursor: query.cursor,
    };
    await sealAuditLog(world);
    const found = await listsFor(world, request).auditLog.list(filter, query.limit + 1);
    const lines = found.slice(0, query.limit);
    const hasMore = found.length > query.limit;
    const nextCursor = hasMore ? String(lines.at(-1)?.number) : null;
    const data = await mapInTurns(lines, presentLine);
    const answer: PageJSON<AuditLineJSON> = { data, next_cursor: nextCursor };
    return answerAtLength(reply, answer);
  });
}

function presentLine(line: AuditLine): AuditLineJSON {
  const { network = null, device = null, reason = null, actor = null } = line.personal ?? {};
  return {
    object: 'audit_line',
    number: line.number,
    at: line.at,
    action: line.action,
    agent: { kind: line.agentKind, id: line.agentId ?? null },
    subject_id: line.subjectId,
    user_id: line.userId ?? null,
    detail: { ...line.detail },
    address: network,
    device,
    reason,
    actor,
    hash: line.hash,
  };
}
