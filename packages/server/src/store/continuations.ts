import type { Continuation, ContinuationStore } from '../domain/sign-in-token/continuation.ts';
import { insertStatement, number, optionalText, text } from './columns.ts';
import type { Engine, Row } from './engine.ts';

/** How long one that is over is kept: its session may be asked for again. Milliseconds. */
const keptFor = 120_000;

/** Keeps the ways from a confirmation to the page that redeems. */
export function continuationStore(engine: Engine): ContinuationStore {
  return {
    async replace(continuation, now) {
      const { sql, values } = insertStatement('continuations', continuation);
      await engine.write(async (tx) => {
        await tx.run(
          'DELETE FROM continuations WHERE token_id = ? OR expires_at < ?',
          continuation.tokenId,
          now - keptFor,
        );
        await tx.run(sql, ...values);
      });
    },
    async find(id) {
      const row = await engine.get('SELECT * FROM continuations WHERE id = ?', id);
      return row && readContinuation(row);
    },
  };
}

function readContinuation(row: Row): Continuation {
  return {
    id: text(row, 'id'),
    tokenId: text(row, 'token_id'),
    secretHash: text(row, 'secret_hash'),
    browserHash: optionalText(row, 'browser_hash'),
    signedIn: optionalText(row, 'signed_in') as Continuation['signedIn'],
    expiresAt: number(row, 'expires_at'),
  };
}
