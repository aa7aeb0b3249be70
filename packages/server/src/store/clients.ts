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
import { isLiveSql, readLive, sessionColumns } from './sessions.ts';
import { addressColumns } from './users.ts';

/** Every column of a client under a name that no column of a user or session has. */
const clientColumns = [
  'id',
  'secret_hash',
  'former_secret_hash',
  'former_secret_until',
  'last_active_session_id',
  'last_authentication_strategy',
  'sign_in_id',
  'sign_up_id',
  'created_at',
  'updated_at',
]
  .map((column) => `c.${column} AS client_${column}`)
  .join(', ');

const findWithSessionsSql = `SELECT u.*, ${sessionColumns}, ${addressColumns}, ${clientColumns}
  FROM clients c LEFT JOIN sessions s ON s.client_id = c.id AND ${isLiveSql}
  LEFT JOIN users u ON u.id = s.user_id LEFT JOIN identifications i ON i.user_id = u.id
  WHERE c.id = ? ORDER BY s.id, i.id`;

/** Keeps clients. */
export function clientStore(engine: Engine): ClientStore {
  return {
    async find(id) {
      const row = await engine.get('SELECT * FROM clients WHERE id = ?', id);
      return row && readClient(row);
    },
    async findWithSessions(id, now) {
      const rows = await engine.all(findWithSessionsSql, now, now, id);
      const [first] = rows;
      return first && { client: readClient(first, 'client_'), sessions: readLive(rows) };
    },
    async create(client) {
      const { sql, values } = insertStatement('clients', client);
      await engine.write((tx) => tx.run(sql, ...values));
    },
    async update(id, change) {
      const { sql, values } = assignments(change);
      await engine.write((tx) => tx.run(`UPDATE clients SET ${sql} WHERE id = ?`, ...values, id));
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

/** A client from its columns, which may stand under names with something before them. */
function readClient(row: Row, before: '' | 'client_' = ''): Client {
  return {
    id: text(row, `${before}id`),
    secretHash: text(row, `${before}secret_hash`),
    formerSecretHash: optionalText(row, `${before}former_secret_hash`),
    formerSecretUntil: optionalNumber(row, `${before}former_secret_until`),
    lastActiveSessionId: optionalText(row, `${before}last_active_session_id`),
    lastAuthenticationStrategy: optionalText(row, `${before}last_authentication_strategy`),
    signInId: optionalText(row, `${before}sign_in_id`),
    signUpId: optionalText(row, `${before}sign_up_id`),
    createdAt: number(row, `${before}created_at`),
    updatedAt: number(row, `${before}updated_at`),
  };
}
