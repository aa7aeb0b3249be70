import { errorStatus, type ErrorsJSON } from '@willcall/contract';
import type { FastifyInstance } from 'fastify';
import type { TestService } from '../service.ts';
import type { Badness } from './spoil.ts';

type Answer = Awaited<ReturnType<FastifyInstance['inject']>>;
type Tables = ReturnType<TestService['dump']>;

/**
 * What is wrong with the answer to a bad request; empty when it is as it must be: below 500,
 * and a refusal in the envelope with a code of the table and its status.
 */
export function judge(bad: Badness, answer: Answer, isPage: boolean): readonly string[] {
  if (answer.statusCode >= 500) return [`${answer.statusCode}: ${answer.body.slice(0, 200)}`];
  if (answer.statusCode < 400)
    return bad.code ? [`${answer.statusCode} where ${bad.code} was due`] : [];
  if (isPage && String(answer.headers['content-type']).startsWith('text/html')) return [];
  return judgeEnvelope(bad, answer);
}

function judgeEnvelope(bad: Badness, answer: Answer): string[] {
  if (answer.headers['content-type'] !== 'application/json')
    return [`type ${String(answer.headers['content-type'])}`];
  const { errors, clerk_trace_id: traceId, ...rest } = answer.json<ErrorsJSON>();
  const [error] = errors;
  if (!error || errors.length !== 1 || Object.keys(rest).length > 0)
    return [`no envelope: ${answer.body.slice(0, 200)}`];
  const { code, message, long_message: longMessage, meta } = error;
  return [
    ...(errorStatus[code] === answer.statusCode ? [] : [`${code} with ${answer.statusCode}`]),
    ...(message && longMessage && typeof meta === 'object' ? [] : ['no message or meta']),
    ...(/^req_[0-9a-f]{32}$/.test(traceId) ? [] : [`trace id ${traceId}`]),
    ...(bad.code === undefined || bad.code === code ? [] : [`${code} where ${bad.code} was due`]),
  ];
}

/** Counters of wrong tries: the one thing that a refusal writes. */
const counters = new Set(['attempts', 'failed_attempts']);

/** The tables that a refusal changed, counters and what it spends apart. */
export function changedTables(
  before: Tables,
  after: Tables,
  spends: string | undefined,
): readonly string[] {
  return Object.keys(after).filter(
    (table) => table !== spends && written(before[table]) !== written(after[table]),
  );
}

function written(rows: Tables[string] | undefined): string {
  return JSON.stringify(rows, (name, value: unknown) => (counters.has(name) ? undefined : value));
}
