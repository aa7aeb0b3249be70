import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { inTurns } from '../domain/turns.ts';

/**
 * Answers with JSON that may be long: lists in it are written item by item, and others have their
 * turn meanwhile.
 */
export async function answerAtLength(reply: FastifyReply, payload: object): Promise<FastifyReply> {
  const giveWay = inTurns();
  const pieces: Buffer[] = [];
  let text = '';
  for (const part of partsOf(payload)) {
    text += part;
    if (text.length < pieceLength) continue;
    pieces.push(Buffer.from(text));
    text = '';
    await giveWay();
  }
  pieces.push(Buffer.from(text));
  const length = pieces.reduce((total, piece) => total + piece.length, 0);
  return reply
    .type('application/json')
    .header('content-length', length)
    .send(Readable.from(pieces));
}

/** Characters. */
const pieceLength = 32_768;

/** A list by its items, an object with the lists in it by theirs; as `JSON.stringify`, but for `toJSON`. */
function* partsOf(payload: object): Generator<string> {
  if (Array.isArray(payload)) {
    yield '[';
    for (const [at, item] of payload.entries())
      yield (at > 0 ? ',' : '') + JSON.stringify(item ?? null);
    yield ']';
    return;
  }
  let before = '';
  yield '{';
  for (const [name, value] of Object.entries(payload as Record<string, unknown>)) {
    if (value === undefined) continue;
    yield `${before}${JSON.stringify(name)}:`;
    if (Array.isArray(value)) yield* partsOf(value);
    else yield JSON.stringify(value);
    before = ',';
  }
  yield '}';
}
