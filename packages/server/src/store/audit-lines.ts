import type { AuditFacts, AuditLine, WaitingLine } from '../domain/audit-log/audit-log.ts';
import { json, number, optionalJson, optionalNumber, optionalText, text } from './columns.ts';
import type { Row } from './engine.ts';

/** A line of the chain. */
export function readLine(row: Row): AuditLine {
  return {
    ...readFacts(row),
    number: number(row, 'number'),
    lane: optionalText(row, 'lane'),
    laneNumber: optionalNumber(row, 'lane_number'),
    hash: text(row, 'hash'),
  };
}

/** A line that waits for its place. */
export function readWaiting(row: Row): WaitingLine {
  return {
    ...readFacts(row),
    lane: text(row, 'lane'),
    laneNumber: number(row, 'lane_number'),
    drawnAt: number(row, 'drawn_at'),
    mac: text(row, 'mac'),
  };
}

function readFacts(row: Row): AuditFacts {
  return {
    at: number(row, 'at'),
    action: text(row, 'action'),
    agentKind: text(row, 'agent_kind') as AuditLine['agentKind'],
    agentId: optionalText(row, 'agent_id'),
    subjectId: text(row, 'subject_id'),
    userId: optionalText(row, 'user_id'),
    detail: json(row, 'detail'),
    personal: optionalJson(row, 'personal'),
    salt: optionalText(row, 'salt'),
    commitment: optionalText(row, 'commitment'),
  };
}
