import type {
  EnterpriseAccount,
  EnterpriseConnection,
  EnterpriseConnectionStore,
} from '../domain/enterprise/connection.ts';
import { assignments, flag, insertStatement, json, number, optionalText, text } from './columns.ts';
import type { Engine, Row, Transaction } from './engine.ts';

/** Keeps the identity providers of companies, their domains, and who is who there. */
export function enterpriseConnectionStore(engine: Engine): EnterpriseConnectionStore {
  return {
    add: (connection) =>
      engine.write(async (tx) => {
        if (await isNameTaken(tx, connection)) return false;
        const { sql, values } = insertStatement('enterprise_connections', connection);
        await tx.run(sql, ...values);
        await writeDomains(tx, connection);
        return true;
      }),
    replace: (connection) =>
      engine.write(async (tx) => {
        if (await isNameTaken(tx, connection)) return false;
        const { id, ...fields } = connection;
        const { sql, values } = assignments(fields);
        const changed = await tx.run(
          `UPDATE enterprise_connections SET ${sql} WHERE id = ?`,
          ...values,
          id,
        );
        if (changed === 0) return false;
        await writeDomains(tx, connection);
        return true;
      }),
    remove: (id) =>
      engine.write(async (tx) => {
        for (const table of ['enterprise_domains', 'enterprise_accounts', 'enterprise_visits']) {
          await tx.run(`DELETE FROM ${table} WHERE connection_id = ?`, id);
        }
        return (await tx.run('DELETE FROM enterprise_connections WHERE id = ?', id)) === 1;
      }),
    async find(id) {
      const row = await engine.get('SELECT * FROM enterprise_connections WHERE id = ?', id);
      return row && readConnection(row);
    },
    async findByName(name) {
      const row = await engine.get('SELECT * FROM enterprise_connections WHERE name = ?', name);
      return row && readConnection(row);
    },
    async list({ isActive }) {
      const wanted = isActive === undefined ? [0, 1] : [Number(isActive)];
      const sql = `SELECT * FROM enterprise_connections
                   WHERE is_active IN (${wanted.map(() => '?').join(', ')}) ORDER BY id`;
      return (await engine.all(sql, ...wanted)).map(readConnection);
    },
    async listOfDomains(domains) {
      const wanted = padDomains(domains);
      const sql = `SELECT * FROM enterprise_connections
                   WHERE is_active = 1 AND id IN (SELECT connection_id FROM enterprise_domains
                     WHERE domain IN (${wanted.map(() => '?').join(', ')})) ORDER BY name, id`;
      return (await engine.all(sql, ...wanted)).map(readConnection);
    },
    async findAccount(connectionId, subject) {
      const sql = 'SELECT * FROM enterprise_accounts WHERE connection_id = ? AND subject = ?';
      const row = await engine.get(sql, connectionId, subject);
      return row && readAccount(row);
    },
    async link(account) {
      const { sql, values } = insertStatement('enterprise_accounts', account);
      return (await engine.write((tx) => tx.run(`${sql} ON CONFLICT DO NOTHING`, ...values))) === 1;
    },
  };
}

/**
 * Fills a list up with the empty text, which is nobody's domain: the statement is the same for
 * a person with no address, with one and with several, and tells nobody which of these it was.
 */
function padDomains(domains: readonly string[]): readonly string[] {
  const distinct = [...new Set(domains)];
  const length = Math.max(1, Math.ceil(distinct.length / domainsAtOnce)) * domainsAtOnce;
  return Array.from({ length }, (_, at) => distinct[at] ?? '');
}

const domainsAtOnce = 8;

async function isNameTaken(tx: Transaction, { id, name }: EnterpriseConnection): Promise<boolean> {
  const other = await tx.get(
    'SELECT id FROM enterprise_connections WHERE name = ? AND id <> ?',
    name,
    id,
  );
  return other !== undefined;
}

/** The domains by which connections are found. */
async function writeDomains(tx: Transaction, { id, domains }: EnterpriseConnection): Promise<void> {
  await tx.run('DELETE FROM enterprise_domains WHERE connection_id = ?', id);
  for (const domain of domains) {
    await tx.run(
      'INSERT INTO enterprise_domains (domain, connection_id) VALUES (?, ?)',
      domain,
      id,
    );
  }
}

function readConnection(row: Row): EnterpriseConnection {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    domains: json(row, 'domains'),
    discoveryUrl: text(row, 'discovery_url'),
    oidcClientId: text(row, 'oidc_client_id'),
    oidcSealedSecret: optionalText(row, 'oidc_sealed_secret'),
    isActive: flag(row, 'is_active'),
    createdAt: number(row, 'created_at'),
    updatedAt: number(row, 'updated_at'),
  };
}

function readAccount(row: Row): EnterpriseAccount {
  return {
    connectionId: text(row, 'connection_id'),
    subject: text(row, 'subject'),
    userId: text(row, 'user_id'),
    emailAddress: text(row, 'email_address'),
    createdAt: number(row, 'created_at'),
  };
}
