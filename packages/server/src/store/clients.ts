import type { Client, ClientStore } from '../domain/client/client.ts';
import type { DevBrowserStore } from '../domain/client/dev-browser.ts';
import {
  assignments,
  insertStatement,
  number,
  optionalNumber,
  optionalText,
  text,
} from './columns.ts';
import type { Engine, Row } from './engine.ts';

/** Keeps clients. */
export function clientStore(engine: Engine): ClientStore {
  return {
    async find(id) {
      const row = await engine.get('SELECT * FROM clients WHERE id = ?', id);
      return row && readClient(row);
    },
    async create(client) {
      const { sql, values } = insertStatement('clients', client);
      await engine.write((tx) => tx.run(sql, ...values));
    },
    async update(id, change) {
      const { sql, values } = assignments(change);
      await engine.write((tx) => tx.run(`UPDATE clients SET ${sql} WHERE id = ?`, ...values, id));
    },
    async list(page) {
      const sql = 'SELECT * FROM clients ORDER BY id DESC LIMIT ? OFFSET ?';
      return (await engine.all(sql, page.limit, page.offset)).map(readClient);
    },
  };
}

/** Keeps dev browsers. */
export function devBrowserStore(engine: Engine): DevBrowserStore {
  return {
    async create(browser) {
      const { sql, values } = insertStatement('dev_browsers', browser);
      await engine.write((tx) => tx.run(sql, ...values));
    },
    async find(tokenHash) {
      const row = await engine.get('SELECT * FROM dev_browsers WHERE token_hash = ?', tokenHash);
      return (
        row && {
          tokenHash,
          clientId: optionalText(row, 'client_id'),
          createdAt: number(row, 'created_at'),
        }
      );
    },
    async point(tokenHash, clientId) {
      const sql = 'UPDATE dev_browsers SET client_id = ? WHERE token_hash = ?';
      await engine.write((tx) => tx.run(sql, clientId, tokenHash));
    },
  };
}

function readClient(row: Row): Client {
  return {
    id: text(row, 'id'),
    secretHash: text(row, 'secret_hash'),
    formerSecretHash: optionalText(row, 'former_secret_hash'),
    formerSecretUntil: optionalNumber(row, 'former_secret_until'),
    lastActiveSessionId: optionalText(row, 'last_active_session_id'),
    lastAuthenticationStrategy: optionalText(row, 'last_authentication_strategy'),
    signInId: optionalText(row, 'sign_in_id'),
    signUpId: optionalText(row, 'sign_up_id'),
    createdAt: number(row, 'created_at'),
    updatedAt: number(row, 'updated_at'),
  };
}
