import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DatabaseRefused } from '../../src/domain/store.ts';
import type { Browser } from '../browser.ts';
import { backUp } from '../../src/store/backup.ts';
import { databaseOf } from '../../src/store/database-file.ts';
import { BackupUnusable, restoreBackup, type RestoreRequest } from '../../src/store/restore.ts';
import { openSqlite } from '../../src/store/sqlite-engine.ts';
import { createPerson, issueTicket, redeem, signInPerson } from '../people.ts';
import { openService, type TestService } from '../service.ts';

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'willcall-restore-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function serve(folder: string): Promise<TestService> {
  const service = await openService({ folder });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await service.close();
    isOpen = false;
  };
  onTestFinished(close);
  return { ...service, close };
}

/** A folder whose server was stopped, and a backup that was made while it ran. */
async function backedUp(): Promise<{ dataFolder: string; backup: string }> {
  const dataFolder = await emptyFolder();
  const backup = path.join(await emptyFolder(), 'backup.db');
  const service = await serve(dataFolder);
  await signInPerson(service);
  await backUp(databaseOf(dataFolder), backup);
  await service.close();
  return { dataFolder, backup };
}

function restore(request: Pick<RestoreRequest, 'dataFolder' | 'backup'> & Partial<RestoreRequest>) {
  return restoreBackup({
    instanceType: 'development',
    findMark: async () => undefined,
    now: Date.now(),
    ...request,
  });
}

test('after restoring an old backup no ticket that was spent since works, and no session that was ended lives', async () => {
  const dataFolder = await emptyFolder();
  const backup = path.join(await emptyFolder(), 'backup.db');
  const before = await serve(dataFolder);
  const user = await createPerson(before);
  const tickets = await Promise.all(Array.from({ length: 60 }, () => issueTicket(before, user.id)));
  const signedIn = await Promise.all(Array.from({ length: 20 }, () => signInPerson(before)));
  await backUp(databaseOf(dataFolder), backup);

  const redeemedIn: Browser[] = [];
  for (const { token } of tickets.slice(0, 30)) {
    const browser = before.browser();
    expect((await redeem(browser, token)).status).toBe(200);
    redeemedIn.push(browser);
  }
  for (const { id } of tickets.slice(30, 40))
    await before.backend('POST', `/v1/sign_in_tokens/${id}/revoke`);
  for (const { browser } of signedIn) await browser.post('/v1/client/sessions?_method=DELETE');
  await before.close();

  await restore({ dataFolder, backup });
  const after = await serve(dataFolder);
  const cookieOf = (browser: Browser) => {
    const again = after.browser();
    for (const [name, value] of browser.cookies) again.cookies.set(name, value);
    return again;
  };
  const resurrected: string[] = [];
  for (const [at, { token }] of tickets.entries()) {
    const own = redeemedIn[at];
    const { code } = await redeem(own ? cookieOf(own) : after.browser(), token);
    if (code !== 'sign_in_token_revoked_code') resurrected.push(`ticket ${at}: ${code}`);
  }
  for (const { browser, sessionId } of signedIn) {
    const { status } = await cookieOf(browser).post(`/v1/client/sessions/${sessionId}/tokens`);
    if (status !== 401) resurrected.push(`session ${sessionId}: ${status}`);
  }
  expect(resurrected).toEqual([]);
  expect(after.dump()['sessions']?.filter(({ status }) => status === 'active')).toEqual([]);

  const fresh = await signInPerson(after, { user });
  expect((await fresh.browser.post(`/v1/client/sessions/${fresh.sessionId}/tokens`)).status).toBe(
    200,
  );
});

describe('a backup', () => {
  test('is one file of its owner, whole, and without what was deleted', async () => {
    const dataFolder = await emptyFolder();
    const place = await emptyFolder();
    const service = await serve(dataFolder);
    const gone = await createPerson(service, { email_address: ['long-forgotten@example.com'] });
    await service.backend('DELETE', `/v1/users/${gone.id}`);
    await createPerson(service, { email_address: ['still-here@example.com'] });
    await backUp(databaseOf(dataFolder), path.join(place, 'backup.db'));
    expect(await readdir(place)).toEqual(['backup.db']);
    expect((await stat(path.join(place, 'backup.db'))).mode & 0o777).toBe(0o600);
    const bytes = await readFile(path.join(place, 'backup.db'), 'latin1');
    expect(bytes).toContain('still-here@example.com');
    expect(bytes).not.toContain('long-forgotten@example.com');
    const database = new DatabaseSync(path.join(place, 'backup.db'), { readOnly: true });
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.close();
  });

  test('is of one moment, however much is written meanwhile', async () => {
    const dataFolder = await emptyFolder();
    const service = await serve(dataFolder);
    const user = await createPerson(service);
    let isDone = false;
    const writing = (async () => {
      while (!isDone) await signInPerson(service, { user });
    })();
    for (let at = 0; at < 10; at++) {
      const backup = path.join(dataFolder, `backup-${at}.db`);
      await signInPerson(service, { user });
      await backUp(databaseOf(dataFolder), backup);
      const database = new DatabaseSync(backup, { readOnly: true });
      const torn = database
        .prepare(
          `SELECT (SELECT count(*) FROM sign_in_tokens WHERE status = 'accepted') AS accepted,
                  (SELECT count(*) FROM sessions) AS opened`,
        )
        .get();
      expect(torn?.['accepted']).toBe(torn?.['opened']);
      expect(torn?.['opened']).toBeGreaterThan(at);
      database.close();
    }
    isDone = true;
    await writing;
  });

  test('overwrites no file, and an attempt that fails leaves none', async () => {
    const { dataFolder, backup } = await backedUp();
    const before = await readFile(backup);
    await expect(backUp(databaseOf(dataFolder), backup)).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await readFile(backup)).toEqual(before);
    const place = await emptyFolder();
    const nowhere = path.join(place, 'no-database.db');
    await expect(backUp(nowhere, path.join(place, 'backup.db'))).rejects.toThrow();
    expect(await readdir(place)).toEqual([]);
  });
});

describe('restoring', () => {
  test('keeps the database that was there, and fences above both histories and the mark', async () => {
    const { dataFolder, backup } = await backedUp();
    const first = await restore({ dataFolder, backup });
    expect(first.fence).toMatchObject({ epoch: 2, endedSessions: 1 });
    const second = await restore({ dataFolder, backup });
    expect(second.fence.epoch).toBe(3);
    const third = await restore({
      dataFolder,
      backup,
      findMark: async () => ({ epoch: 9, mark: 500 }),
    });
    expect(third.fence).toMatchObject({ epoch: 10, mark: 501 });
    const kept = (await readdir(dataFolder)).filter((name) => name.startsWith('willcall-replaced'));
    expect(kept).toHaveLength(3);
    const former = openSqlite(third.former ?? '');
    expect(await former.get('SELECT max(epoch) AS epoch FROM fence_raises')).toEqual({ epoch: 3 });
    await former.close();
  });

  test('into an empty folder makes the instance that was backed up', async () => {
    const { backup } = await backedUp();
    const dataFolder = await emptyFolder();
    const { former } = await restore({ dataFolder, backup });
    expect(former).toBeUndefined();
    expect(await readdir(dataFolder)).toEqual(['willcall.db']);
    expect((await stat(databaseOf(dataFolder))).mode & 0o777).toBe(0o600);
    await signInPerson(await serve(dataFolder));
  });

  test('replaces a database that is damaged, and plays no log of it into the new one', async () => {
    const { dataFolder, backup } = await backedUp();
    await writeFile(databaseOf(dataFolder), 'not a database at all');
    await writeFile(`${databaseOf(dataFolder)}-wal`, 'nor a log');
    const { former } = await restore({ dataFolder, backup });
    expect(await readFile(former ?? '', 'utf8')).toBe('not a database at all');
    expect(await readdir(dataFolder)).not.toContain('willcall.db-wal');
    await signInPerson(await serve(dataFolder));
  });

  test('goes on where a restore was cut off between taking the old and putting the new', async () => {
    const { dataFolder, backup } = await backedUp();
    await rm(databaseOf(dataFolder));
    await writeFile(`${databaseOf(dataFolder)}-wal`, 'a log without its database');
    await writeFile(`${databaseOf(dataFolder)}.restoring`, 'half a copy');
    await restore({ dataFolder, backup });
    await signInPerson(await serve(dataFolder));
  });

  test('is refused where the raised fence cannot be brought into the file, and the database stays', async () => {
    const { dataFolder, backup } = await backedUp();
    const before = await readFile(databaseOf(dataFolder));
    let reading: DatabaseSync | undefined;
    const refused = restore({
      dataFolder,
      backup,
      // Before the fence is raised somebody else begins to read, so that the log must stay.
      async findMark() {
        reading = new DatabaseSync(`${databaseOf(dataFolder)}.restoring`);
        reading.exec('BEGIN; SELECT * FROM instance');
        return undefined;
      },
    });
    await expect(refused).rejects.toThrow(DatabaseRefused);
    reading?.close();
    expect(await readFile(databaseOf(dataFolder))).toEqual(before);
    expect(await readdir(dataFolder)).toEqual(['willcall.db']);
  });

  test('is refused where the present database cannot be read, since its history counts', async () => {
    const { dataFolder, backup } = await backedUp();
    const before = await readFile(databaseOf(dataFolder));
    // SQLite cannot open a log that is a folder; the database itself is sound.
    await mkdir(`${databaseOf(dataFolder)}-wal`);
    const refused = await restore({ dataFolder, backup }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(BackupUnusable);
    expect((refused as Error).message).toContain('cannot be read');
    expect(await readFile(databaseOf(dataFolder))).toEqual(before);
    expect(await readdir(dataFolder)).toEqual(['willcall.db', 'willcall.db-wal']);
  });

  test('replaces a database that is empty, cut off or of something else', async () => {
    const { dataFolder, backup } = await backedUp();
    for (const spoil of [
      (file: string) => writeFile(file, ''),
      (file: string) => truncate(file, 4096 * 5),
      async (file: string) => {
        await rm(file);
        new DatabaseSync(file).exec('CREATE TABLE seats (number INTEGER)');
      },
    ]) {
      await spoil(databaseOf(dataFolder));
      const { former } = await restore({ dataFolder, backup });
      expect(await readdir(dataFolder)).toContain(path.basename(former ?? ''));
    }
    await signInPerson(await serve(dataFolder));
  });

  test.each<[string, (backup: string) => Promise<Partial<RestoreRequest>>, string]>([
    ['a file that is not there', async (backup) => ({ backup: `${backup}.x` }), 'There is no file'],
    ['a folder', async (backup) => ({ backup: path.dirname(backup) }), 'There is no file'],
    [
      'a text',
      async (backup) => {
        await writeFile(backup, 'no database');
        return {};
      },
      'is damaged, or no backup of Willcall',
    ],
    [
      'an empty file',
      async (backup) => {
        await writeFile(backup, '');
        return {};
      },
      'is damaged, or no backup of Willcall',
    ],
    [
      'a backup with a torn page',
      async (backup) => {
        const bytes = await readFile(backup);
        bytes.fill(0xa5, 4096 * 6, 4096 * 7);
        await writeFile(backup, bytes);
        return {};
      },
      'is damaged, or no backup of Willcall',
    ],
    [
      'a database of something else',
      async (backup) => {
        await rm(backup);
        new DatabaseSync(backup).exec('CREATE TABLE seats (number INTEGER)');
        return {};
      },
      'is damaged, or no backup of Willcall',
    ],
    [
      'a database file that was in use',
      async (backup) => {
        await writeFile(`${backup}-wal`, 'what the file lacks');
        return {};
      },
      'is a part of a database in use and no backup',
    ],
    [
      'a development instance where production is kept',
      async () => ({ instanceType: 'production' }),
      'holds a development instance',
    ],
    [
      'another instance',
      async (backup) => {
        await copyFile((await backedUp()).backup, backup);
        return {};
      },
      'holds another instance',
    ],
  ])('refuses %s, and the database stays', async (_what, spoil, sentence) => {
    const { dataFolder, backup } = await backedUp();
    const before = await readFile(databaseOf(dataFolder));
    const request = { dataFolder, backup, ...(await spoil(backup)) };
    const refused = await restore(request).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(BackupUnusable);
    expect((refused as Error).message).toContain(sentence);
    expect(await readFile(databaseOf(dataFolder))).toEqual(before);
    expect(await readdir(dataFolder)).toEqual(['willcall.db']);
  });
});
