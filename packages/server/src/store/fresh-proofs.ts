import type {
  FreshProof,
  FreshProofStatus,
  FreshProofStore,
  ProofLevel,
} from '../domain/fresh-proof/fresh-proof.ts';
import { assignments, insertStatement, number, optionalJson, text } from './columns.ts';
import type { Engine, Reader, Row } from './engine.ts';

/** Keeps the proofs that people give again in a session. */
export function freshProofStore(engine: Engine): FreshProofStore {
  return {
    async begin(proof) {
      const { sql, values } = insertStatement('fresh_proofs', proof);
      await engine.write(async (tx) => {
        await tx.run('DELETE FROM fresh_proofs WHERE session_id = ?', proof.sessionId);
        await tx.run(sql, ...values);
      });
    },
    find: (sessionId) => findProof(engine, sessionId),
    update: (sessionId, from, change, proved) =>
      engine.write(async (tx) => {
        const { sql, values } = assignments(change);
        // Nothing is proved in a session that ended meanwhile.
        const isWaiting = await tx.run(
          `UPDATE fresh_proofs SET ${sql} WHERE session_id = ? AND status = ?
             AND EXISTS (SELECT id FROM sessions WHERE id = session_id AND sessions.status = 'active')`,
          ...values,
          sessionId,
          from,
        );
        if (isWaiting === 0) return undefined;
        if (proved) {
          const column = proved.factor === 'first' ? 'authenticated_at' : 'second_factor_at';
          const prove = `UPDATE sessions SET ${column} = ?, updated_at = ? WHERE id = ?`;
          await tx.run(prove, proved.at, proved.at, sessionId);
        }
        return findProof(tx, sessionId);
      }),
    countAttempt: (sessionId, most) =>
      engine.write(async (tx) => {
        const sql = `UPDATE fresh_proofs SET attempts = attempts + 1
          WHERE session_id = ? AND attempts < ? AND status <> 'complete'`;
        return (await tx.run(sql, sessionId, most)) === 1 ? findProof(tx, sessionId) : undefined;
      }),
  };
}

async function findProof(reader: Reader, sessionId: string): Promise<FreshProof | undefined> {
  const row = await reader.get('SELECT * FROM fresh_proofs WHERE session_id = ?', sessionId);
  return row && readProof(row);
}

function readProof(row: Row): FreshProof {
  return {
    sessionId: text(row, 'session_id'),
    userId: text(row, 'user_id'),
    level: text(row, 'level') as ProofLevel,
    status: text(row, 'status') as FreshProofStatus,
    firstFactor: optionalJson(row, 'first_factor'),
    secondFactor: optionalJson(row, 'second_factor'),
    attempts: number(row, 'attempts'),
  };
}
