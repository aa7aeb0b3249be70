import type { FastifyRequest } from 'fastify';
import { Refusal } from '../../domain/refusal.ts';
import type { RepeatableCall } from '../../domain/sign-in-token/repeat-issue.ts';

/** The call as one that may be repeated, if `Idempotency-Key` says so. Keys of one secret key mean nothing to another. */
export function readRepeatableCall(request: FastifyRequest): RepeatableCall | undefined {
  const written = request.headers['idempotency-key'];
  if (written === undefined) return undefined;
  // A header that was sent twice arrives as one text with a space in it.
  if (typeof written === 'string' && /^[\x21-\x7e]{1,255}$/.test(written))
    return { secretKeyId: request.secretKey.id, idempotencyKey: written };
  throw new Refusal(
    'idempotency_key_invalid',
    'Idempotency-Key must be 1 to 255 visible ASCII characters, without spaces.',
  );
}
