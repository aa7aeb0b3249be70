import type { ErrorsJSON } from '@willcall/contract';
import { WillcallApiError } from './api-error.ts';
import type { Connection } from './connect.ts';
import { type Answer, fetchPatiently } from './fetch.ts';

/** Values by their names on the wire; a list is sent as a repeated key of a query. */
export type Fields = Readonly<Record<string, unknown>>;

/** One call of the Backend API. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/v1`, with its ids already checked. */
  readonly path: string;
  readonly query?: Fields;
  readonly body?: Fields;
  /** With it a POST is repeated like a GET: the server does it once (`Idempotency-Key`). */
  readonly idempotencyKey?: string | undefined;
}

/**
 * Makes one call and answers the parsed body, `undefined` when there is none. Throws
 * `WillcallApiError` for a refusal and `WillcallConnectionError` when no answer came.
 */
export async function callApi<Result>(connection: Connection, call: Call): Promise<Result> {
  const secretKey = await connection.keys.find();
  const answer = await send(connection, call, secretKey);
  // A 401 did nothing, so that repeating it is safe for any method.
  if (answer.status !== 401 || !connection.keys.forget(secretKey)) return read<Result>(answer);
  return read<Result>(await send(connection, call, await connection.keys.find()));
}

function send(
  { apiUrl }: Connection,
  { method, path, query, body, idempotencyKey }: Call,
  secretKey: string,
): Promise<Answer> {
  const headers: Record<string, string> = {
    authorization: `Bearer ${secretKey}`,
    accept: 'application/json',
  };
  const init: RequestInit & { method: string } = { method, headers };
  if (body) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(body);
  }
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  const isRepeatable = method === 'GET' || idempotencyKey !== undefined;
  return fetchPatiently(`${apiUrl}/v1${path}${writeQuery(query)}`, init, isRepeatable);
}

function writeQuery(fields: Fields = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const each of Array.isArray(value) ? value : [value]) query.append(name, String(each));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

function read<Result>(answer: Answer): Result {
  if (answer.ok && (answer.body !== undefined || answer.status === 204)) {
    return answer.body as Result;
  }
  throw refusal(answer);
}

function refusal({ status, headers, body }: Answer): WillcallApiError {
  const { errors, clerk_trace_id: traceId } = (body ?? {}) as Partial<ErrorsJSON>;
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return new WillcallApiError({
    error: errors?.[0] ?? unexpected,
    status,
    traceId,
    retryAfter: Number.isFinite(seconds) ? seconds : undefined,
  });
}

const unexpected = {
  code: 'unexpected_response',
  message: 'The answer is not one of a Willcall server. Check apiUrl and what stands between.',
  long_message: '',
  meta: {},
} as const;
