import type { EnterpriseVisit, EnterpriseVisitStore } from '../domain/enterprise/visit.ts';
import { insertStatement, number, optionalText, text } from './columns.ts';
import type { Engine, Row } from './engine.ts';

/** A visit that expired is kept for a while, to tell its person so. Milliseconds. */
const keptExpiredFor = 86_400_000;

/** Keeps visits to identity providers until they are taken. */
export function enterpriseVisitStore(engine: Engine): EnterpriseVisitStore {
  return {
    async add(visit, now) {
      const { sql, values } = insertStatement('enterprise_visits', visit);
      await engine.write(async (tx) => {
        const old = 'DELETE FROM enterprise_visits WHERE sign_in_id = ? OR expires_at <= ?';
        await tx.run(old, visit.signInId, now - keptExpiredFor);
        await tx.run(sql, ...values);
      });
    },
    async find(stateHash) {
      const sql = 'SELECT * FROM enterprise_visits WHERE state_hash = ?';
      const row = await engine.get(sql, stateHash);
      return row && readVisit(row);
    },
    async take(stateHash) {
      const sql = 'DELETE FROM enterprise_visits WHERE state_hash = ? RETURNING *';
      const row = await engine.write((tx) => tx.get(sql, stateHash));
      return row && readVisit(row);
    },
  };
}

function readVisit(row: Row): EnterpriseVisit {
  return {
    stateHash: text(row, 'state_hash'),
    signInId: text(row, 'sign_in_id'),
    connectionId: text(row, 'connection_id'),
    sealedChecks: text(row, 'sealed_checks'),
    callbackUrl: text(row, 'callback_url'),
    redirectUrl: text(row, 'redirect_url'),
    completeUrl: optionalText(row, 'complete_url'),
    expiresAt: number(row, 'expires_at'),
  };
}
