import { type ErrorCode, type ErrorMeta, type ErrorsJSON, errorStatus } from '@willcall/contract';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { RateLimited } from '../domain/rate-limit/require-permit.ts';
import { Refusal } from '../domain/refusal.ts';
import { StoreUnavailable } from '../domain/store.ts';

/** After which a caller may ask again for what a database did not answer. */
const outageSeconds = 2;

/** The envelope of one refusal. */
export function errorBody(
  code: ErrorCode,
  message: string,
  meta: ErrorMeta,
  requestId: string,
): ErrorsJSON {
  return {
    errors: [{ code, message, long_message: message, meta }],
    clerk_trace_id: requestId,
  };
}

/** Answers whatever a route throws. A bug is logged and told as 500 without detail. */
export function answerError(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const refusal =
    error instanceof Refusal ? error : (refusalOfStore(error) ?? refusalOfFramework(error));
  if (refusal instanceof RateLimited) reply.header('retry-after', refusal.retryAfterSeconds);
  if (error instanceof StoreUnavailable) reply.header('retry-after', outageSeconds);
  if (refusal) {
    if (refusal.cause !== undefined)
      request.log.error(
        { reqId: request.id, cause: describeCause(refusal.cause) },
        refusal.message,
      );
    sendError(reply, errorBody(refusal.code, refusal.message, refusal.meta, request.id));
    return;
  }
  request.log.error(
    {
      reqId: request.id,
      err: { name: error.name, message: error.message, stack: error.stack },
    },
    'request failed',
  );
  const message = `Something went wrong on our side. Quote ${request.id} when you report it.`;
  sendError(reply, errorBody('internal_error', message, {}, request.id));
}

/** Answers a path that nothing serves. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): void {
  const message = 'There is nothing at this address. Check the path and the method.';
  sendError(reply, errorBody('resource_not_found', message, {}, request.id));
}

/** Some refusals come before any hook has run: they bring the headers of every answer themselves, and bytes, to which no charset is added. */
function sendError(reply: FastifyReply, body: ErrorsJSON): void {
  const [{ code } = { code: 'internal_error' as const }] = body.errors;
  reply
    .code(errorStatus[code])
    .headers({
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .send(Buffer.from(JSON.stringify(body)));
}

/** Storage that does not work is told as such: it is no bug, and it may work again. */
function refusalOfStore(error: Error): Refusal | undefined {
  if (!(error instanceof StoreUnavailable)) return undefined;
  return new Refusal(
    'service_unavailable',
    'The database does not answer. Try again in a moment.',
    {},
    { cause: error },
  );
}

/** What the operator needs to know of a failure elsewhere. Its message may name persons, so only codes are told. */
export function describeCause(cause: unknown): object {
  const {
    name,
    code,
    responseCode,
    error,
    errcode,
    errstr,
    cause: deeper,
  } = cause as Partial<Record<string, unknown>>;
  // The code of an OAuth error (RFC 6749, section 5.2), and no text in its place.
  const oauthError = typeof error === 'string' && /^[a-z_]{1,50}$/.test(error) ? error : undefined;
  return {
    name,
    code,
    responseCode,
    error: oauthError,
    // Of SQLite: its number, and the words that stand for it, whatever the statement.
    ...(code === 'ERR_SQLITE_ERROR' ? { errcode, errstr } : {}),
    ...(deeper === undefined ? {} : { cause: describeCause(deeper) }),
  };
}

/** What Fastify refuses before a route runs, in our words. */
function refusalOfFramework(error: Error): Refusal | undefined {
  const { code, statusCode } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return new Refusal('request_body_too_large', 'The body is larger than this server takes.');
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return new Refusal(
      'request_content_type_unsupported',
      'Send application/json to the Backend API and application/x-www-form-urlencoded to the Frontend API.',
    );
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Refusal(
      'request_body_invalid',
      'The request cannot be read. Check its path, its length and its body.',
    );
  }
  return undefined;
}
