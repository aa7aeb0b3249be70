import type { EnterpriseVisit, EnterpriseVisitStore } from '../domain/enterprise/visit.ts';
import { insertStatement, number, optionalText, text } from './columns.ts';
import type { Engine, Row } from './engine.ts';

/** Keeps visits to identity providers until they are taken. */
export function enterpriseVisitStore(engine: Engine): EnterpriseVisitStore {
  return {
    async add(visit) {
      const { sql, values } = insertStatement('enterprise_visits', visit);
      await engine.write(async (tx) => {
        await tx.run('DELETE FROM enterprise_visits WHERE sign_in_id = ?', visit.signInId);
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
