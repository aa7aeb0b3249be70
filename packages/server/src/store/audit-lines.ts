import type { AuditFacts, AuditLine, WaitingLine } from '../domain/audit-log/audit-log.ts';
import { json, optionalText, text } from './columns.ts';
import type { Row } from './engine.ts';

/** A line of the chain. */
export function readLine(row: Row): AuditLine {
  return {
    ...readFacts(row),
    number: numberOf(row, 'number'),
    lane: optionalText(row, 'lane'),
    laneNumber: row['lane_number'] === null ? undefined : numberOf(row, 'lane_number'),
    drawnAt: row['drawn_at'] === null ? undefined : numberOf(row, 'drawn_at'),
    hash: text(row, 'hash'),
  };
}

/** A line that waits for its place. */
export function readWaiting(row: Row): WaitingLine {
  return {
    ...readFacts(row),
    lane: text(row, 'lane'),
    laneNumber: numberOf(row, 'lane_number'),
    drawnAt: numberOf(row, 'drawn_at'),
    mac: text(row, 'mac'),
  };
}

function readFacts(row: Row): AuditFacts {
  return {
    at: numberOf(row, 'at'),
    action: text(row, 'action'),
    agentKind: text(row, 'agent_kind') as AuditLine['agentKind'],
    agentId: optionalText(row, 'agent_id'),
    subjectId: text(row, 'subject_id'),
    userId: optionalText(row, 'user_id'),
    detail: objectOf(row, 'detail'),
    personal: row['personal'] === null ? undefined : objectOf(row, 'personal'),
    salt: optionalText(row, 'salt'),
    commitment: optionalText(row, 'commitment'),
  };
}

/*
 * What somebody wrote into the database by hand is read all the same, as something that no line
 * ever held: its hash shows that then, and what shows it is kept.
 */

function numberOf(row: Row, column: string): number {
  const value = row[column];
  return typeof value === 'number' ? value : -1;
}

function objectOf(row: Row, column: string): Record<string, string> {
  try {
    const value = json<Record<string, string> | null>(row, column);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // No JSON at all.
  }
  return { unreadable: text(row, column) };
}
