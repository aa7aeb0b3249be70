import type { InstanceRecord, InstanceStore, InstanceType } from '../domain/instance/instance.ts';
import type { RedirectUrl, RedirectUrlStore } from '../domain/instance/redirect-url.ts';
import type { InstanceSettings } from '../domain/instance/settings.ts';
import { appendAudit } from './audit-log.ts';
import { insertStatement, json, number, text } from './columns.ts';
import type { Engine, Reader, Row } from './engine.ts';

/** Keeps the one instance of this database. */
export function instanceStore(engine: Engine): InstanceStore {
  return {
    find: () => readInstance(engine),
    async create(record) {
      const { sql, values } = insertStatement('instance', record);
      return engine.write(async (tx) => {
        if (await tx.get('SELECT id FROM instance')) return false;
        await tx.run(sql, ...values);
        return true;
      });
    },
    saveSettings: (settings, entry) =>
      engine.write(async (tx) => {
        await tx.run('UPDATE instance SET settings = ?', JSON.stringify(settings));
        await appendAudit(tx, entry);
      }),
    changeSettings: (change, entry) =>
      engine.write(async (tx) => {
        const row = await tx.get('SELECT settings FROM instance');
        if (!row) throw new TypeError('there is no instance');
        const settings = { ...json<InstanceSettings>(row, 'settings'), ...change };
        await tx.run('UPDATE instance SET settings = ?', JSON.stringify(settings));
        await appendAudit(tx, entry);
        return settings;
      }),
  };
}

/** The one instance, if there is one already. */
export async function readInstance(reader: Reader): Promise<InstanceRecord | undefined> {
  const row = await reader.get('SELECT * FROM instance');
  return (
    row && {
      id: text(row, 'id'),
      type: text(row, 'type') as InstanceType,
      settings: json(row, 'settings'),
      createdAt: number(row, 'created_at'),
    }
  );
}

/** Keeps redirect URLs. */
export function redirectUrlStore(engine: Engine): RedirectUrlStore {
  return {
    async add(redirectUrl) {
      const { sql, values } = insertStatement('redirect_urls', redirectUrl);
      const added = await engine.write((tx) =>
        tx.run(`${sql} ON CONFLICT (url) DO NOTHING`, ...values),
      );
      return added === 1;
    },
    async list() {
      return (await engine.all('SELECT * FROM redirect_urls ORDER BY id')).map(readRedirectUrl);
    },
    async find(id) {
      const row = await engine.get('SELECT * FROM redirect_urls WHERE id = ?', id);
      return row && readRedirectUrl(row);
    },
    async remove(id) {
      return (
        (await engine.write((tx) => tx.run('DELETE FROM redirect_urls WHERE id = ?', id))) === 1
      );
    },
  };
}

function readRedirectUrl(row: Row): RedirectUrl {
  return { id: text(row, 'id'), url: text(row, 'url'), createdAt: number(row, 'created_at') };
}
